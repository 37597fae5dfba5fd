import * as z from 'zod/mini';
import type { Deadline } from '../../runtime/deadline.ts';
import { jsonOf } from '../../runtime/http/json.ts';
import type { HttpReply } from '../../runtime/http/send.ts';
import { authorizedGet, type RegistryParts } from './authorized-get.ts';
import { ConfluentRegistry } from './confluent.ts';
import { invalidReply, wrongPath } from './refused.ts';
import type { RegisteredSchema, Registry, SchemaReference } from './registry.ts';

/** The paths of Apicurio's own API, and of Confluent's on the same server, below its root. */
const apis = { own: '/apis/registry/v3', confluent: '/apis/ccompat/v7' };

/** The server's root: the part of a URL before its API. */
const rootOf = (url: string): string => url.replace(/\/apis\/.*$/, '');

/** Apicurio's error body: `{"name": "ContentNotFoundException", "title": …}`. */
const notFound = z.object({ name: z.string().check(z.regex(/NotFoundException$/)) });

const references = z.array(
  z.object({
    name: z.string(),
    groupId: z.nullish(z.string()),
    artifactId: z.string(),
    version: z.string(),
  }),
);

/** The path of an artifact below the API, as the subject of a reference. */
const artifactPath = (groupId: string, artifactId: string): string =>
  `/groups/${encodeURIComponent(groupId)}/artifacts/${encodeURIComponent(artifactId)}`;

/** The reply of a path; null when the registry does not have it. */
function found(path: string, reply: HttpReply): HttpReply | null {
  if (reply.status !== 404) return reply;
  if (notFound.safeParse(jsonOf(reply.body)).success) return null;
  throw wrongPath(path);
}

function referencesOf(path: string, reply: HttpReply): SchemaReference[] {
  const parsed = references.safeParse(jsonOf(reply.body));
  if (!parsed.success) throw invalidReply(path, reply);
  return parsed.data.map(({ name, groupId, artifactId, version }) => {
    return { name, subject: artifactPath(groupId ?? 'default', artifactId), version };
  });
}

/**
 * A client of Apicurio Registry 3, without a cache. A content id is looked up through Confluent's API
 * of the same server, which says the schema's type; a global id through its own. Source: Apicurio
 * Registry 3, "Core Registry API".
 */
export class ApicurioRegistry implements Registry {
  readonly #parts: RegistryParts;
  readonly #confluent: Registry;

  constructor(parts: RegistryParts) {
    const root = rootOf(parts.url);
    this.#parts = { ...parts, url: `${root}${apis.own}` };
    this.#confluent = new ConfluentRegistry({ ...parts, url: `${root}${apis.confluent}` });
  }

  schema(schemaId: string, deadline: Deadline): Promise<RegisteredSchema | null> {
    const [kind, id = ''] = schemaId.split('/');
    if (kind === 'contentIds') return this.#confluent.schema(id, deadline);
    return this.#schemaAt(`/ids/globalIds/${id}`, '?returnArtifactType=true', deadline);
  }

  reference(reference: SchemaReference, deadline: Deadline): Promise<RegisteredSchema | null> {
    const { subject, version } = reference;
    if (!subject.startsWith('/groups/')) return this.#confluent.reference(reference, deadline);
    return this.#schemaAt(`${subject}/versions/${version}`, '/content', deadline);
  }

  async #schemaAt(path: string, content: string, deadline: Deadline) {
    const text = await this.#get(`${path}${content}`, deadline);
    const listed = text === null ? null : await this.#get(`${path}/references`, deadline);
    if (text === null || listed === null) return null;
    const type = text.headers['x-registry-artifacttype'];
    return {
      type: typeof type === 'string' ? type : '',
      text: text.body,
      references: referencesOf(`${path}/references`, listed),
    };
  }

  async #get(path: string, deadline: Deadline): Promise<HttpReply | null> {
    return found(path, await authorizedGet(this.#parts, path, deadline));
  }
}
