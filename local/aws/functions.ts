import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { maxEventBytes } from '../event-source-mapping/batch.ts';
import { FunctionPool } from '../lambda-runtime/function-pool.ts';
import type { FunctionLine, FunctionSettings } from '../lambda-runtime/function-settings.ts';
import type { Outcome } from '../lambda-runtime/outcome.ts';
import { listen } from './listen.ts';

/** The state of an event source mapping. */
export interface MappingState {
  State: string;
  StateTransitionReason?: string;
  LastProcessingResult?: string;
}

/** A running Lambda emulator. */
export interface FunctionService {
  /** For `AWS_ENDPOINT_URL_LAMBDA`, without a slash at the end. */
  url: string;
  /** Deploys a function, or a new version of it. */
  deploy(settings: FunctionSettings): void;
  /** Attaches an event source mapping, which reads nothing. */
  attach(name: string, mapping: MappingState): void;
  /** Invokes a function. */
  invoke(name: string, event: unknown): Promise<Outcome>;
  /** Stops it and kills the invocations in flight. */
  close(): Promise<void>;
}

interface Deployed {
  settings: FunctionSettings;
  pool: FunctionPool;
  mappings: MappingState[];
}
interface Reply {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

/** Concurrent invocations of one function. */
const concurrency = 2;

const functionPath = '/2015-03-31/functions/([^/]+)';

/**
 * Starts a Lambda emulator on the loopback interface, for the real SDK client.
 *
 * It invokes built functions, each in its own processes, and returns their configuration and the
 * state of their event source mappings. `onLine` gets what the functions write. Source: AWS Lambda
 * API reference.
 */
export async function startFunctions(
  onLine: (line: FunctionLine) => void,
): Promise<FunctionService> {
  const deployed = new Map<string, Deployed>();
  const server = createServer((request, response) => void serve(request, response, deployed));
  const url = await listen(server);
  return {
    url,
    deploy(settings) {
      const pool = new FunctionPool(settings, concurrency, onLine);
      void deployed.get(settings.functionName)?.pool.kill();
      deployed.set(settings.functionName, { settings, pool, mappings: [] });
    },
    attach(name, mapping) {
      find(deployed, name).mappings.splice(0, 1, mapping);
    },
    invoke: (name, event) => find(deployed, name).pool.invoke(event),
    async close() {
      await Promise.all([...deployed.values()].map(({ pool }) => pool.kill()));
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

function find(deployed: ReadonlyMap<string, Deployed>, name: string): Deployed {
  const found = deployed.get(name);
  if (found === undefined) throw new Error(`there is no function ${name}`);
  return found;
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  deployed: ReadonlyMap<string, Deployed>,
): Promise<void> {
  const { status, body, headers } = await answer(request, deployed);
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

async function answer(
  request: IncomingMessage,
  deployed: ReadonlyMap<string, Deployed>,
): Promise<Reply> {
  const { method, url = '' } = request;
  const { pathname: path, searchParams } = new URL(url, 'http://lambda');
  if (method === 'GET' && /^\/2015-03-31\/event-source-mappings\/?$/.test(path)) {
    const { mappings = [] } = deployed.get(searchParams.get('FunctionName') ?? '') ?? {};
    return { status: 200, body: { EventSourceMappings: mappings } };
  }
  const [, name = '', action] =
    new RegExp(`^${functionPath}/(configuration|invocations)$`).exec(path) ?? [];
  const found = deployed.get(decodeURIComponent(name));
  if (found === undefined) return notFound(name);
  if (method === 'GET' && action === 'configuration') return configuration(found.settings);
  const event = await text(request);
  if (Buffer.byteLength(event) > maxEventBytes) return tooLarge();
  return invocation(await found.pool.invoke(JSON.parse(event)));
}

/** Source: AWS Lambda API reference, Invoke, `RequestTooLargeException`. */
function tooLarge(): Reply {
  const message = `Request must be smaller than ${maxEventBytes} bytes for the InvokeFunction operation`;
  const headers = { 'x-amzn-errortype': 'RequestTooLargeException' };
  return { status: 413, body: { Type: 'User', message }, headers };
}

function notFound(name: string): Reply {
  const Message = `Function not found: arn:aws:lambda:us-east-1:123456789012:function:${name}`;
  const headers = { 'x-amzn-errortype': 'ResourceNotFoundException' };
  return { status: 404, body: { Type: 'User', Message }, headers };
}

function configuration(settings: FunctionSettings): Reply {
  const { functionName, handlerName, memoryMb, timeoutMs, environment } = settings;
  const body = {
    FunctionName: functionName,
    FunctionArn: `arn:aws:lambda:us-east-1:123456789012:function:${functionName}`,
    Handler: handlerName,
    Timeout: timeoutMs / 1000,
    MemorySize: memoryMb,
    Environment: { Variables: environment },
  };
  return { status: 200, body };
}

/** The response of a failed function has status 200 too; the header marks the failure. */
function invocation(outcome: Outcome): Reply {
  if (outcome.kind === 'returned') return { status: 200, body: outcome.value };
  const { errorType, errorMessage, trace } = outcome;
  const headers = { 'x-amz-function-error': 'Unhandled' };
  return { status: 200, body: { errorType, errorMessage, trace }, headers };
}
