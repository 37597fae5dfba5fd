import * as z from 'zod/mini';
import type { Deadline } from '../../runtime/deadline.ts';
import { jsonOf } from '../../runtime/http/json.ts';
import type { HttpReply } from '../../runtime/http/send.ts';
import { authorizedGet, type RegistryParts } from './authorized-get.ts';
import { errorCodeOf } from './call.ts';
import { invalidReply, withoutGuids, wrongPath } from './refused.ts';
import type { RegisteredSchema, Registry, SchemaReference } from './registry.ts';

/**
 * Error codes of a 404 for a missing schema, subject or version. Any other 404 means a wrong URL.
 * Source: Confluent Schema Registry API reference, "Errors".
 */
const notFoundCodes: ReadonlySet<number | null> = new Set([40401, 40402, 40403]);

const reference = z.object({
  name: z.string(),
  subject: z.string(),
  version: z.pipe(z.int(), z.transform(String)),
});

/** The reply for a schema. Avro schemas may lack `schemaType`. */
const schemaReply = z.object({
  schema: z.string(),
  schemaType: z.nullish(z.string()),
  references: z.nullish(z.array(reference)),
});

/** Where schemas are by their GUID. */
const guids = '/schemas/guids/';

/** Drops the parser's error, which quotes the reply. */
function schemaOf(path: string, reply: HttpReply): RegisteredSchema | null {
  if (reply.status === 404) {
    if (notFoundCodes.has(errorCodeOf(reply))) return null;
    throw path.startsWith(guids) ? withoutGuids(path) : wrongPath(path);
  }
  const parsed = schemaReply.safeParse(jsonOf(reply.body));
  if (!parsed.success) throw invalidReply(path, reply);
  const { schema, schemaType, references } = parsed.data;
  return { type: schemaType ?? 'AVRO', text: schema, references: references ?? [] };
}

/** An id, or else a GUID. */
const id = /^\d+$/;

/**
 * A client of Confluent's Schema Registry REST API, without a cache. Source: Confluent Schema Registry
 * API reference.
 */
export class ConfluentRegistry implements Registry {
  readonly #parts: RegistryParts;

  constructor(parts: RegistryParts) {
    this.#parts = parts;
  }

  schema(schemaId: string, deadline: Deadline): Promise<RegisteredSchema | null> {
    const path = id.test(schemaId) ? '/schemas/ids/' : guids;
    return this.#get(`${path}${schemaId}`, deadline);
  }

  /** Soft-deleted versions too, which older records still use. */
  reference(
    { subject, version }: SchemaReference,
    deadline: Deadline,
  ): Promise<RegisteredSchema | null> {
    const path = `/subjects/${encodeURIComponent(subject)}/versions/${version}`;
    return this.#get(`${path}?deleted=true`, deadline);
  }

  async #get(path: string, deadline: Deadline): Promise<RegisteredSchema | null> {
    return schemaOf(path, await authorizedGet(this.#parts, path, deadline));
  }
}
