import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { RegistryError } from './registry-error.ts';
import { type NewSchema, SchemaStore } from './schema-store.ts';

/**
 * What goes wrong with the next `times` requests whose path begins with `path`.
 *
 * `status` answers with it, and with `body` as it stands; `silence` takes the request and never
 * answers; `reset` tears the connection down.
 */
export type RegistryFault = { readonly path?: string; times: number } & (
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly body?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'silence' }
  | { readonly kind: 'reset' }
);

/** How the stand-in is started. */
export interface RegistryOptions {
  /** Asked for with every request; absent: everybody may. */
  readonly login?: { readonly user: string; readonly password: string };
  /** Ids begin after this one. */
  readonly lastId?: number;
}

/** The stand-in at work. */
export interface StandInRegistry {
  /** For `SCHEMA_REGISTRY_URL`, without a slash at the end. */
  readonly url: string;
  /** Registers a schema, unchecked, and gives its id. */
  register(subject: string, schema: NewSchema): number;
  /** Deletes a version, not for good. Throws a `RegistryError`. */
  delete(subject: string, version: number): void;
  /** Changes what is asked for, as a rotation of the password does. */
  setLogin(login: RegistryOptions['login']): void;
  /** The requests so far, as `GET /schemas/ids/1`, the oldest first. */
  requests(): readonly string[];
  /** Arms a fault; several are used up in turn. */
  fault(fault: RegistryFault): void;
  /** Stops it, dropping the requests that still wait for an answer. */
  close(): Promise<void>;
}

interface State {
  readonly store: SchemaStore;
  readonly faults: RegistryFault[];
  readonly requests: string[];
  login: RegistryOptions['login'];
}

/** What a request says besides its path. */
interface Asked {
  readonly body: unknown;
  /** True when what is deleted, but not for good, counts too. */
  readonly deleted: boolean;
}

/** Answers a request; `parts` are those of the path, decoded. */
type Answer = (store: SchemaStore, parts: readonly string[], asked: Asked) => unknown;

/** What the stand-in knows of the API, by method and the shape of the path. */
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

/** Starts a stand-in for a Confluent-compatible Schema Registry on the loopback interface. */
export async function startSchemaRegistry(options: RegistryOptions = {}): Promise<StandInRegistry> {
  const store = new SchemaStore(options.lastId);
  const state: State = { store, faults: [], requests: [], login: options.login };
  const server = createServer((request, response) => void answer(state, request, response));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    register: (subject, schema) => store.register(subject, schema).id,
    delete: (subject, version) => void store.delete(subject, String(version)),
    setLogin: (login) => {
      state.login = login;
    },
    requests: () => [...state.requests],
    fault: (fault) => void state.faults.push({ ...fault }),
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

async function answer(
  state: State,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await text(request);
  const { method = '', url = '' } = request;
  state.requests.push(`${method} ${url}`);
  if (strike(takeFault(state.faults, url), response)) return;
  try {
    checkLogin(state.login, request);
    send(response, 200, act(state.store, `${method} ${url}`, body));
  } catch (error) {
    const { status, code, message } =
      error instanceof RegistryError ? error : new RegistryError(50001, String(error));
    send(response, status, { error_code: code, message });
  }
}

function takeFault(faults: RegistryFault[], url: string): RegistryFault | undefined {
  const fault = faults.find(({ path = '', times }) => times > 0 && url.startsWith(path));
  if (fault !== undefined) fault.times -= 1;
  return fault;
}

/** Lets a fault happen; true when the request is thereby over. */
function strike(fault: RegistryFault | undefined, response: ServerResponse): boolean {
  if (fault?.kind === 'reset') response.socket?.resetAndDestroy();
  if (fault?.kind === 'status') {
    response.writeHead(fault.status, fault.headers).end(fault.body ?? '');
  }
  return fault !== undefined;
}

function checkLogin(login: State['login'], { headers }: IncomingMessage): void {
  if (login === undefined) return;
  const expected = Buffer.from(`${login.user}:${login.password}`).toString('base64');
  if (headers.authorization === `Basic ${expected}`) return;
  throw new RegistryError(40101, 'Unauthorized');
}

function act(store: SchemaStore, call: string, body: string): unknown {
  const [path = '', query = ''] = call.split('?');
  const parts = path.split('/');
  const deleted = new URLSearchParams(query).get('deleted') === 'true';
  for (const [shape, make] of Object.entries(answers)) {
    const wanted = shape.split('/');
    const fits = wanted.every((part, at) => part === '*' || part === parts[at]);
    if (!fits || wanted.length !== parts.length) continue;
    const given = parts.filter((_, at) => wanted[at] === '*').map(decodeURIComponent);
    return make(store, given, { body: body === '' ? null : JSON.parse(body), deleted });
  }
  throw new RegistryError(404, 'HTTP 404 Not Found');
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/vnd.schemaregistry.v1+json' });
  response.end(JSON.stringify(body));
}
