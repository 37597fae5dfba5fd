import type { EnumDefinition, MessageDefinition, ProtoFile } from './file.ts';

/** Messages and enums by their full names. */
export class Names {
  readonly #types = new Map<string, MessageDefinition | EnumDefinition>();

  /** The first of several definitions of a name counts. */
  constructor(files: readonly ProtoFile[]) {
    for (const file of files) this.#add(file);
  }

  #add({ messages, enums }: Pick<ProtoFile, 'messages' | 'enums'>): void {
    for (const type of [...messages, ...enums]) {
      if (!this.#types.has(type.name)) this.#types.set(type.name, type);
    }
    for (const message of messages) this.#add(message);
  }

  /**
   * Finds a type by its name in the scope of a message, from the innermost outwards, as protoc does;
   * undefined when there is none.
   */
  resolve(name: string, scope: string): MessageDefinition | EnumDefinition | undefined {
    if (name.startsWith('.')) return this.#types.get(name);
    for (let outer = scope; ; outer = outer.slice(0, outer.lastIndexOf('.'))) {
      const found = this.#types.get(`${outer}.${name}`);
      if (found !== undefined || outer === '') return found;
    }
  }
}
