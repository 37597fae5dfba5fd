import type { Deadline } from '../../runtime/deadline.ts';

/** The registries of which frames name schemas. */
export const registryNames = ['confluent', 'apicurio', 'glue'] as const;

/** The name of a registry. */
export type RegistryName = (typeof registryNames)[number];

/** A schema that another one references. */
export interface SchemaReference {
  /** The full name of the type that it defines, or the path by which it is imported. */
  readonly name: string;
  /** Where the registry has it: a subject or an artifact, and a version of it. */
  readonly subject: string;
  readonly version: string;
}

/** A schema as a registry stores it. */
export interface RegisteredSchema {
  /** `AVRO`, `JSON`, `PROTOBUF`, or another type that the registry supports. */
  readonly type: string;
  /** The schema's text, unparsed. */
  readonly text: string;
  readonly references: readonly SchemaReference[];
}

/**
 * A client of a registry, without a cache. Each call throws `SCHEMA_REGISTRY_UNAVAILABLE`,
 * `SCHEMA_REGISTRY_REFUSED`, `SCHEMA_REGISTRY_REPLY_INVALID`, `DEADLINE_REACHED`, and
 * `CONFIG_INVALID` for a login over plain http.
 */
export interface Registry {
  /** Fetches the schema of a frame's identity; null when the registry does not have it. */
  schema(schemaId: string, deadline: Deadline): Promise<RegisteredSchema | null>;
  /** Fetches a referenced schema; null when the registry does not have it. */
  reference(reference: SchemaReference, deadline: Deadline): Promise<RegisteredSchema | null>;
}
