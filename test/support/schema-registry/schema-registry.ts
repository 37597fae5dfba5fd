import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { listen } from '../../../local/aws/listen.ts';
import { RegistryError } from './registry-error.ts';
import { route } from './routes.ts';
import { type NewSchema, SchemaStore } from './schema-store.ts';

/**
 * A fault for the next `times` requests whose path begins with `path`.
 *
 * `status` responds with it and `body`; `silence` never responds; `reset` resets the connection.
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

/** The options of a registry. */
export interface RegistryOptions {
  /** Required with every request; absent: no authentication. */
  readonly login?: { readonly user: string; readonly password: string };
  /** Ids start after this one. */
  readonly lastId?: number;
}

/** A running registry. */
export interface StandInRegistry {
  /** For `SCHEMA_REGISTRY_URL`, without a slash at the end. */
  readonly url: string;
  /** Registers a schema without checks, and returns its id. */
  register(subject: string, schema: NewSchema): number;
  /** Soft-deletes a version. Throws RegistryError. */
  delete(subject: string, version: number): void;
  /** Changes the login, as a password rotation does. */
  setLogin(login: RegistryOptions['login']): void;
  /** The requests so far, as `GET /schemas/ids/1`, the oldest first. */
  requests(): readonly string[];
  /** Adds a fault; several apply in turn. */
  fault(fault: RegistryFault): void;
  /** Stops it and drops open requests. */
  close(): Promise<void>;
}

interface State {
  readonly store: SchemaStore;
  readonly faults: RegistryFault[];
  readonly requests: string[];
  login: RegistryOptions['login'];
}

/** Starts an emulator of a Confluent-compatible Schema Registry on the loopback interface. */
export async function startSchemaRegistry(options: RegistryOptions = {}): Promise<StandInRegistry> {
  const store = new SchemaStore(options.lastId);
  const state: State = { store, faults: [], requests: [], login: options.login };
  const server = createServer((request, response) => void answer(state, request, response));
  const url = await listen(server);
  return {
    url,
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
  if (applyFault(takeFault(state.faults, url), response)) return;
  try {
    checkLogin(state.login, request);
    send(response, 200, route(state.store, `${method} ${url}`, body));
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

/** Applies a fault; true when it ends the request. */
function applyFault(fault: RegistryFault | undefined, response: ServerResponse): boolean {
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

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/vnd.schemaregistry.v1+json' });
  response.end(JSON.stringify(body));
}
