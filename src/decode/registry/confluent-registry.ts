import * as z from 'zod';
import { safeUrl } from '../../config/safe-url.ts';
import { SinkError } from '../../errors.ts';
import type { Deadline } from '../../runtime/deadline.ts';
import type { HttpReply } from '../../runtime/http/send.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { errorCodeOf, get } from './call.ts';

/** A version of a subject that a schema builds on. */
export interface SchemaReference {
  /** The type that it stands for, by its full name. */
  readonly name: string;
  readonly subject: string;
  readonly version: number;
}

/** A schema as the registry keeps it. */
export interface RegisteredSchema {
  /** `AVRO`, `JSON`, `PROTOBUF`, or what else a registry knows. */
  readonly type: string;
  /** The schema's text, not parsed. */
  readonly text: string;
  readonly references: readonly SchemaReference[];
}

/** User and password for HTTP basic authentication. */
export interface RegistryLogin {
  readonly user: string;
  readonly password: string;
}

/** Reads the login; null: the registry asks for none. `fresh` passes by every cache. */
export type ReadRegistryLogin = (
  deadline: Deadline,
  fresh: boolean,
) => Promise<RegistryLogin | null>;

/** What a registry is reached with. */
export interface RegistryParts {
  /** Without a slash at its end. */
  readonly url: string;
  readonly readLogin: ReadRegistryLogin;
  readonly runtime: Runtime;
  readonly maxRetries: number;
}

/**
 * Error codes of 404 that are about the schema, its subject or its version. Any other 404 is about
 * the address. Source: Confluent Schema Registry API reference, "Errors".
 */
const notThere: ReadonlySet<number | null> = new Set([40401, 40402, 40403]);

/** The reply to a schema by its id, or by subject and version. Avro schemas may lack a type. */
const schemaReply = z.object({
  schema: z.string(),
  schemaType: z.string().nullish(),
  references: z
    .array(z.object({ name: z.string(), subject: z.string(), version: z.number().int() }))
    .nullish(),
});

/** Gives the header of a login, which is never sent where others could read it on its way. */
function basic(login: RegistryLogin | null, url: string): string | null {
  if (login === null) return null;
  if (safeUrl(url) === null) {
    throw new SinkError(
      'CONFIG_INVALID',
      'The secret holds a login for the Schema Registry, and SCHEMA_REGISTRY_URL is plain http, which would give it away. Use https, or take schemaRegistryUser and schemaRegistryPassword out of the secret.',
    );
  }
  return `Basic ${Buffer.from(`${login.user}:${login.password}`).toString('base64')}`;
}

function refused(path: string, what: string): SinkError {
  return new SinkError(
    'SCHEMA_REGISTRY_REFUSED',
    `GET ${path} answered 404 ${what}. Check SCHEMA_REGISTRY_URL; a registry may lie below a path.`,
    { status: 404 },
  );
}

/** The parser's own error is not kept, since it quotes the reply. */
function schemaOf(path: string, reply: HttpReply): RegisteredSchema | null {
  if (reply.status === 404) {
    if (notThere.has(errorCodeOf(reply))) return null;
    throw refused(path, 'without saying that the schema is not there');
  }
  const parsed = schemaReply.safeParse(jsonOf(reply));
  if (!parsed.success) {
    throw new SinkError(
      'SCHEMA_REGISTRY_REPLY_INVALID',
      `GET ${path} answered ${reply.status} with something other than a schema. Something between the function and the registry may have answered: check SCHEMA_REGISTRY_URL and proxies.`,
      { status: reply.status },
    );
  }
  const { schema, schemaType, references } = parsed.data;
  return { type: schemaType ?? 'AVRO', text: schema, references: references ?? [] };
}

function jsonOf({ body }: HttpReply): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

/**
 * A Schema Registry with the REST API of Confluent's; it keeps nothing. Each call throws
 * `SCHEMA_REGISTRY_UNAVAILABLE`, `SCHEMA_REGISTRY_REFUSED`, `SCHEMA_REGISTRY_REPLY_INVALID`,
 * `DEADLINE_REACHED`, `CONFIG_INVALID` for a login over plain http, and what reading the login throws.
 */
export class SchemaRegistry {
  readonly #parts: RegistryParts;

  constructor(parts: RegistryParts) {
    this.#parts = parts;
  }

  /** Gives the schema of an id; null when the registry has none of that id. */
  byId(id: number, deadline: Deadline): Promise<RegisteredSchema | null> {
    return this.#schema(`/schemas/ids/${id}`, deadline);
  }

  /**
   * Gives a version of a subject, also one that is deleted and not yet for good: records that were
   * written before are still there. Null when the registry does not have it.
   */
  byVersion(
    { subject, version }: Pick<SchemaReference, 'subject' | 'version'>,
    deadline: Deadline,
  ): Promise<RegisteredSchema | null> {
    const path = `/subjects/${encodeURIComponent(subject)}/versions/${version}`;
    return this.#schema(`${path}?deleted=true`, deadline);
  }

  /** After a 401 the secret is read past its cache once, since it may have been rotated. */
  async #schema(path: string, deadline: Deadline): Promise<RegisteredSchema | null> {
    const { url, readLogin, runtime, maxRetries } = this.#parts;
    const bounds = { runtime, maxRetries, deadline };
    const authorization = basic(await readLogin(deadline, false), url);
    try {
      return schemaOf(path, await get({ url, path, authorization }, bounds));
    } catch (error) {
      if (!(error instanceof SinkError && error.status === 401)) throw error;
      const rotated = basic(await readLogin(deadline, true), url);
      if (rotated === authorization) throw error;
      return schemaOf(path, await get({ url, path, authorization: rotated }, bounds));
    }
  }
}
