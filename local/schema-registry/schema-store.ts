import { z } from 'zod';
import { RegistryError } from './registry-error.ts';

const newSchema = z.object({
  schema: z.string(),
  schemaType: z.enum(['AVRO', 'JSON', 'PROTOBUF']).optional(),
  references: z
    .array(z.object({ name: z.string(), subject: z.string(), version: z.number().int() }))
    .optional(),
});

/** A schema as it is registered; a schema without a type is Avro. */
export type NewSchema = z.output<typeof newSchema>;

/** A version of a subject. */
interface Version {
  readonly id: number;
  readonly version: number;
  readonly given: NewSchema;
}

/** What a registry keeps: equal schemas have one id, in whatever subject. */
export class SchemaStore {
  readonly #subjects = new Map<string, Version[]>();
  readonly #compatibility = new Map<string, unknown>();
  readonly #ids = new Map<string, number>();
  readonly #byId = new Map<number, NewSchema>();
  #lastId: number;

  /** Ids begin after `lastId`. */
  constructor(lastId = 0) {
    this.#lastId = lastId;
  }

  /** Registers a schema that comes as the body of a request. */
  register(subject: string, body: unknown): { id: number } {
    const given = this.#checked(body);
    const versions = this.#subjects.get(subject) ?? [];
    const key = JSON.stringify(given);
    const id = this.#ids.get(key) ?? ++this.#lastId;
    this.#ids.set(key, id);
    this.#byId.set(id, given);
    if (!versions.some((version) => version.id === id)) {
      this.#subjects.set(subject, [...versions, { id, version: versions.length + 1, given }]);
    }
    return { id };
  }

  byId(id: string): NewSchema {
    const schema = this.#byId.get(Number(id));
    if (schema === undefined) throw new RegistryError(40403, `Schema ${id} not found`);
    return schema;
  }

  subjects(): string[] {
    return [...this.#subjects.keys()];
  }

  versions(subject: string): number[] {
    return this.#versionsOf(subject).map(({ version }) => version);
  }

  /** A version by its number, or `latest`. */
  version(subject: string, number: string): NewSchema & { subject: string; version: number } {
    const versions = this.#versionsOf(subject);
    const found = versions.at(number === 'latest' ? -1 : Number(number) - 1);
    if (found === undefined) throw new RegistryError(40402, `Version ${number} not found.`);
    const { id, version, given } = found;
    return { subject, id, version, ...given } as NewSchema & { subject: string; version: number };
  }

  compatibility(subject: string): unknown {
    const level = this.#compatibility.get(subject);
    if (level !== undefined) return { compatibilityLevel: level };
    const message = `Subject '${subject}' does not have subject-level compatibility configured`;
    throw new RegistryError(40408, message);
  }

  setCompatibility(subject: string, body: unknown): unknown {
    const { compatibility } = Object(body) as { compatibility?: unknown };
    this.#compatibility.set(subject, compatibility);
    return { compatibility };
  }

  #versionsOf(subject: string): Version[] {
    const versions = this.#subjects.get(subject);
    if (versions === undefined) throw new RegistryError(40401, `Subject '${subject}' not found.`);
    return versions;
  }

  #checked(body: unknown): NewSchema {
    const parsed = newSchema.safeParse(body);
    if (!parsed.success) throw new RegistryError(42201, 'Invalid schema');
    for (const { subject, version } of parsed.data.references ?? []) {
      this.version(subject, String(version));
    }
    return parsed.data;
  }
}
