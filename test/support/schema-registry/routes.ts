import { RegistryError } from './registry-error.ts';
import type { SchemaStore } from './schema-store.ts';

/** The content of a request besides its path. */
interface Asked {
  readonly body: unknown;
  /** Whether soft-deleted versions are included. */
  readonly deleted: boolean;
}

/** Responds to a request; `parts` are the decoded wildcards of the path. */
type Answer = (store: SchemaStore, parts: readonly string[], asked: Asked) => unknown;

/** The supported part of the API, by method and path. */
const answers: Readonly<Record<string, Answer>> = {
  'GET /schemas/ids/*': (store, [id = '']) => store.byId(id),
  'GET /subjects': (store) => store.subjects(),
  'GET /subjects/*/versions': (store, [subject = '']) => store.versions(subject),
  'POST /subjects/*/versions': (store, [subject = ''], { body }) => store.register(subject, body),
  'GET /subjects/*/versions/*': (store, [subject = '', number = ''], { deleted }) =>
    store.version(subject, number, deleted),
  'DELETE /subjects/*/versions/*': (store, [subject = '', number = '']) =>
    store.delete(subject, number),
  'GET /config/*': (store, [subject = '']) => store.compatibility(subject),
  'PUT /config/*': (store, [subject = ''], { body }) => store.setCompatibility(subject, body),
};

/** The response to a request such as `GET /schemas/ids/1`. Throws RegistryError. */
export function route(store: SchemaStore, call: string, body: string): unknown {
  const [path = '', query = ''] = call.split('?');
  const parts = path.split('/');
  const deleted = new URLSearchParams(query).get('deleted') === 'true';
  for (const [pattern, respond] of Object.entries(answers)) {
    const wanted = pattern.split('/');
    const fits = wanted.every((part, at) => part === '*' || part === parts[at]);
    if (!fits || wanted.length !== parts.length) continue;
    const given = parts.filter((_, at) => wanted[at] === '*').map(decodeURIComponent);
    return respond(store, given, { body: body === '' ? null : JSON.parse(body), deleted });
  }
  throw new RegistryError(404, 'HTTP 404 Not Found');
}
