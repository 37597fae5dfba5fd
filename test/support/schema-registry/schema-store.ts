import { z } from 'zod';
import { RegistryError } from './registry-error.ts';

const newSchema = z.object({
  schema: z.string(),
  schemaType: z.enum(['AVRO', 'JSON', 'PROTOBUF', 'THRIFT']).optional(),
  references: z
    .array(z.object({ name: z.string(), subject: z.string(), version: z.number().int() }))
    .optional(),
});

/** A schema to register; without a type it is Avro. */
export type NewSchema = z.output<typeof newSchema>;

/** A version of a subject. */
interface Version {
  readonly id: number;
  readonly version: number;
  readonly given: NewSchema;
  /** Soft-deleted, still available on request. */
  deleted: boolean;
}

/** The schemas of a registry; equal schemas have one id in all subjects. */
export class SchemaStore {
  readonly #subjects = new Map<string, Version[]>();
  readonly #compatibility = new Map<string, unknown>();
  readonly #ids = new Map<string, number>();
  readonly #byId = new Map<number, NewSchema>();
  #lastId: number;

  /** Ids start after `lastId`. */
  constructor(lastId = 0) {
    this.#lastId = lastId;
  }

  /** Registers the schema in the body of a request. */
  register(subject: string, body: unknown): { id: number } {
    const given = this.#checked(body);
    const versions = this.#subjects.get(subject) ?? [];
    const key = JSON.stringify(given);
    const id = this.#ids.get(key) ?? ++this.#lastId;
    this.#ids.set(key, id);
    this.#byId.set(id, given);
    if (!versions.some((version) => version.id === id && !version.deleted)) {
      const version = { id, version: versions.length + 1, given, deleted: false };
      this.#subjects.set(subject, [...versions, version]);
    }
    return { id };
  }

  byId(id: string): NewSchema {
    const schema = this.#byId.get(Number(id));
    if (schema === undefined) throw new RegistryError(40403, `Schema ${id} not found`);
    return schema;
  }

  subjects(): string[] {
    return [...this.#subjects.keys()].filter((subject) =>
      this.#subjects.get(subject)?.some(({ deleted }) => !deleted),
    );
  }

  versions(subject: string): number[] {
    return this.#versionsOf(subject, false).map(({ version }) => version);
  }

  /** A version by its number, or `latest`; `deleted` includes soft-deleted ones. */
  version(
    subject: string,
    number: string,
    deleted: boolean,
  ): NewSchema & { subject: string; version: number } {
    const { id, version, given } = this.#version(subject, number, deleted);
    return { subject, id, version, ...given } as NewSchema & { subject: string; version: number };
  }

  /** Soft-deletes a version unless another version refers to it; returns its number. */
  delete(subject: string, number: string): number {
    const found = this.#version(subject, number, false);
    const refers = ({ given, deleted }: Version) =>
      !deleted &&
      (given.references ?? []).some(
        (reference) => reference.subject === subject && reference.version === found.version,
      );
    if ([...this.#subjects.values()].flat().some(refers)) {
      throw new RegistryError(42206, 'One or more references exist to the schema.');
    }
    found.deleted = true;
    return found.version;
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

  #version(subject: string, number: string, deleted: boolean): Version {
    const versions = this.#versionsOf(subject, deleted);
    const found =
      number === 'latest'
        ? versions.at(-1)
        : versions.find(({ version }) => String(version) === number);
    if (found === undefined) throw new RegistryError(40402, `Version ${number} not found.`);
    return found;
  }

  #versionsOf(subject: string, deleted: boolean): Version[] {
    const versions = this.#subjects.get(subject) ?? [];
    const there = versions.filter((version) => deleted || !version.deleted);
    if (there.length > 0) return there;
    throw new RegistryError(40401, `Subject '${subject}' not found.`);
  }

  #checked(body: unknown): NewSchema {
    const parsed = newSchema.safeParse(body);
    if (!parsed.success) throw new RegistryError(42201, 'Invalid schema');
    for (const { subject, version } of parsed.data.references ?? []) {
      this.#version(subject, String(version), false);
    }
    return parsed.data;
  }
}
