import * as z from 'zod';
import { safeUrl } from '../../config/safe-url.ts';
import { SinkError } from '../../errors.ts';
import type { Deadline } from '../../runtime/deadline.ts';
import { jsonOf } from '../../runtime/http/json.ts';
import type { HttpReply } from '../../runtime/http/send.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { errorCodeOf, get } from './call.ts';

/** A version of a subject that a schema references. */
export interface SchemaReference {
  /** The full name of the type that it defines. */
  readonly name: string;
  readonly subject: string;
  readonly version: number;
}

/** A schema as the registry stores it. */
export interface RegisteredSchema {
  /** `AVRO`, `JSON`, `PROTOBUF`, or another type that the registry supports. */
  readonly type: string;
  /** The schema's text, unparsed. */
  readonly text: string;
  readonly references: readonly SchemaReference[];
}

/** User and password for HTTP basic authentication. */
export interface RegistryLogin {
  readonly user: string;
  readonly password: string;
}

/** Reads the login; null when there is none. `fresh` bypasses every cache. */
export type ReadRegistryLogin = (
  deadline: Deadline,
  fresh: boolean,
) => Promise<RegistryLogin | null>;

/** What a `SchemaRegistry` needs. */
export interface RegistryParts {
  /** Without a trailing slash. */
  readonly url: string;
  readonly readLogin: ReadRegistryLogin;
  readonly runtime: Runtime;
  readonly maxRetries: number;
}

/**
 * Error codes of a 404 for a missing schema, subject or version. Any other 404 means a wrong URL.
 * Source: Confluent Schema Registry API reference, "Errors".
 */
const notFoundCodes: ReadonlySet<number | null> = new Set([40401, 40402, 40403]);

/** The reply for a schema. Avro schemas may lack `schemaType`. */
const schemaReply = z.object({
  schema: z.string(),
  schemaType: z.string().nullish(),
  references: z
    .array(z.object({ name: z.string(), subject: z.string(), version: z.number().int() }))
    .nullish(),
});

/** The `Authorization` header of a login; null when there is none. Never sent over plain http. */
function basic(login: RegistryLogin | null, url: string): string | null {
  if (login === null) return null;
  if (safeUrl(url) === null) {
    throw new SinkError(
      'CONFIG_INVALID',
      'The secret contains a login for the Schema Registry, but SCHEMA_REGISTRY_URL is plain http, which would expose it. Use https, or remove schemaRegistryUser and schemaRegistryPassword from the secret.',
    );
  }
  return `Basic ${Buffer.from(`${login.user}:${login.password}`).toString('base64')}`;
}

function refused(path: string, problem: string): SinkError {
  return new SinkError(
    'SCHEMA_REGISTRY_REFUSED',
    `GET ${path} answered 404 ${problem}. Check SCHEMA_REGISTRY_URL, including its path.`,
    { status: 404 },
  );
}

/** Drops the parser's error, which quotes the reply. */
function schemaOf(path: string, reply: HttpReply): RegisteredSchema | null {
  if (reply.status === 404) {
    if (notFoundCodes.has(errorCodeOf(reply))) return null;
    throw refused(path, "without a registry's error code");
  }
  const parsed = schemaReply.safeParse(jsonOf(reply.body));
  if (!parsed.success) {
    throw new SinkError(
      'SCHEMA_REGISTRY_REPLY_INVALID',
      `GET ${path} answered ${reply.status} with something other than a schema. A proxy may have answered: check SCHEMA_REGISTRY_URL and proxies.`,
      { status: reply.status },
    );
  }
  const { schema, schemaType, references } = parsed.data;
  return { type: schemaType ?? 'AVRO', text: schema, references: references ?? [] };
}

/**
 * A client of Confluent's Schema Registry REST API, without a cache. Each call throws
 * `SCHEMA_REGISTRY_UNAVAILABLE`, `SCHEMA_REGISTRY_REFUSED`, `SCHEMA_REGISTRY_REPLY_INVALID`,
 * `DEADLINE_REACHED`, `CONFIG_INVALID` for a login over plain http, and the errors of `readLogin`.
 */
export class SchemaRegistry {
  readonly #parts: RegistryParts;

  constructor(parts: RegistryParts) {
    this.#parts = parts;
  }

  /** Fetches the schema of an id; null when the registry does not have it. */
  byId(id: number, deadline: Deadline): Promise<RegisteredSchema | null> {
    return this.#schema(`/schemas/ids/${id}`, deadline);
  }

  /**
   * Fetches a version of a subject, including soft-deleted ones, which older records still use.
   * Null when the registry does not have it.
   */
  byVersion(
    { subject, version }: Pick<SchemaReference, 'subject' | 'version'>,
    deadline: Deadline,
  ): Promise<RegisteredSchema | null> {
    const path = `/subjects/${encodeURIComponent(subject)}/versions/${version}`;
    return this.#schema(`${path}?deleted=true`, deadline);
  }

  /** After a 401 it reads the login again without cache, since the secret may have been rotated. */
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
