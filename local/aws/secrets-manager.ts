import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { AwsError } from './aws-error.ts';
import { listen } from './listen.ts';
import { type SecretAction, secretActions } from './secret-store.ts';
import type { SecretStore, SecretStorePorts } from './stored-secret.ts';

/**
 * A fault for the next `times` requests for `action`.
 *
 * `refuse` responds with this error type, such as `AccessDeniedException`; `delay` responds late;
 * `silence` never responds.
 */
export type SecretsFault = { action: SecretAction; times: number } & (
  | { kind: 'refuse'; type: string; status?: number }
  | { kind: 'delay'; ms: number }
  | { kind: 'silence' }
);

/** A request that was received; `secretId` is a name or an ARN, as the client sent it. */
export interface SecretsRequest {
  action: string;
  secretId: string;
}

/** A running Secrets Manager emulator. */
export interface SecretsManager {
  /** For `AWS_ENDPOINT_URL_SECRETS_MANAGER`, without a slash at the end. */
  url: string;
  /** Creates a secret or changes its value, as its owner would. */
  put(name: string, value: string): void;
  /** The current value of a secret; null when there is none. */
  value(name: string): string | null;
  /** The requests so far, the oldest first. */
  requests(): readonly SecretsRequest[];
  /** Adds a fault; several for one action apply in turn. */
  fault(fault: SecretsFault): void;
  /** Stops it and drops open requests. */
  close(): Promise<void>;
}

interface State {
  store: SecretStore;
  faults: SecretsFault[];
  requests: SecretsRequest[];
}

const ports: SecretStorePorts = { now: Date.now, randomId: randomUUID };

/**
 * Starts a Secrets Manager emulator on the loopback interface, for the real SDK client.
 *
 * It speaks AWS JSON 1.1 and requires a signed request without checking the signature. `secrets`
 * exist from the start, by name.
 */
export async function startSecretsManager(
  secrets: Readonly<Record<string, string>> = {},
): Promise<SecretsManager> {
  const state: State = { store: new Map(), faults: [], requests: [] };
  const server = createServer((request, response) => void answer(state, request, response));
  const url = await listen(server);
  for (const [name, value] of Object.entries(secrets)) put(state.store, name, value);
  return {
    url,
    put: (name, value) => put(state.store, name, value),
    value: (name) => state.store.get(name)?.versions[0]?.value ?? null,
    requests: () => [...state.requests],
    fault: (fault) => void state.faults.push({ ...fault }),
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

function put(store: SecretStore, name: string, value: string): void {
  const known = store.has(name);
  const input = { Name: name, SecretId: name, SecretString: value };
  secretActions[known ? 'PutSecretValue' : 'CreateSecret'](store, input, ports);
}

async function answer(
  state: State,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const reply = await act(state, request);
    if (reply !== undefined) send(response, 200, reply);
  } catch (error) {
    const { type, message, status } =
      error instanceof AwsError ? error : new AwsError('InternalServiceError', String(error), 500);
    send(response, status, { __type: type, Message: message });
  }
}

/** The body of the response; undefined for no response. */
async function act(state: State, request: IncomingMessage): Promise<unknown> {
  const input = (await json(request)) as { SecretId?: string; Name?: string };
  const action = actionOf(request);
  state.requests.push({ action, secretId: input.SecretId ?? input.Name ?? '' });
  if (request.headers.authorization?.startsWith('AWS4-HMAC-SHA256 ') !== true) {
    throw new AwsError('MissingAuthenticationTokenException', 'Missing Authentication Token');
  }
  if (!isKnown(action)) throw new AwsError('UnknownOperationException', action);
  const fault = takeFault(state.faults, action);
  if (fault?.kind === 'silence') return undefined;
  if (fault?.kind === 'refuse') {
    throw new AwsError(fault.type, `${action} is refused on purpose`, fault.status);
  }
  if (fault?.kind === 'delay') await delay(fault.ms, undefined, { ref: false });
  return secretActions[action](state.store, input, ports);
}

function actionOf({ headers }: IncomingMessage): string {
  return String(headers['x-amz-target']).replace(/^secretsmanager\./, '');
}

function isKnown(action: string): action is SecretAction {
  return Object.hasOwn(secretActions, action);
}

function takeFault(faults: SecretsFault[], action: SecretAction): SecretsFault | undefined {
  const fault = faults.find((armed) => armed.action === action && armed.times > 0);
  if (fault !== undefined) fault.times -= 1;
  return fault;
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, {
    'content-type': 'application/x-amz-json-1.1',
    'x-amzn-requestid': randomUUID(),
  });
  response.end(JSON.stringify(body));
}
