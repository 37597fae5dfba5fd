import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Agent } from 'undici';
import { listen } from '../../../local/aws/listen.ts';
import { type Exchange, readExchange } from './exchange.ts';
import { ArmedFaults, type Fault, type SeenCall } from './fault.ts';
import {
  forward,
  rewritten,
  sendReply,
  type Target,
  uncompressed,
  type WholeReply,
  type WholeRequest,
} from './forward.ts';
import { type Identify, identifyOnce } from './identify.ts';
import { inject } from './inject.ts';

/** How a proxy works, and its listener. */
export interface FaultProxyOptions {
  /** Called with every call as it arrives, before any fault. */
  readonly onRequest?: (call: SeenCall) => void;
  /**
   * Whether the target's origin becomes the proxy's in JSON replies, such as the `instance_url`
   * of a token reply; default false: replies pass byte for byte.
   */
  readonly rewriteOrigin?: boolean;
  /** Says who is behind a connection, asked once of each; the answer is `client` of its calls. */
  readonly identify?: Identify;
}

/** A reverse proxy at work. */
export interface FaultProxy {
  /** Takes the place of the target's URL, without a slash at the end. */
  readonly url: string;
  /** Arms a fault; of several that are due the first one applies. */
  arm(fault: Fault): void;
  /** The calls so far, in the order of their arrival. */
  requests(): readonly SeenCall[];
  /**
   * Stops it, dropping open connections.
   * Throws AggregateError of what a test's own functions (`match`, `run`, `onRequest`, `identify`) threw.
   */
  close(): Promise<void>;
}

interface State {
  readonly target: Target;
  readonly options: FaultProxyOptions;
  readonly identify: Identify;
  readonly faults: ArmedFaults;
  readonly calls: SeenCall[];
  /** What functions of the test threw. */
  readonly failures: unknown[];
}

/**
 * Puts a reverse proxy on the loopback interface in front of a server, any that speaks HTTP/1.1.
 *
 * Requests and replies are read whole before they go on, so a client that goes away while the
 * target works does not stop the target. A target that gives no answer is a 502.
 */
export async function startFaultProxy(
  targetUrl: string,
  options: FaultProxyOptions = {},
): Promise<FaultProxy> {
  const target = { url: targetUrl, dispatcher: new Agent() };
  const identify = identifyOnce(options.identify ?? (async () => null));
  const state = { target, options, identify, faults: new ArmedFaults(), calls: [], failures: [] };
  const server = createServer((message, response) => void serve(message, response, state));
  const url = await listen(server);
  return {
    url,
    arm: (fault) => state.faults.arm(fault),
    requests: () => [...state.calls],
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await target.dispatcher.destroy();
      if (state.failures.length > 0) {
        throw new AggregateError(state.failures, 'What a test gave to the fault proxy has failed');
      }
    },
  };
}

async function serve(
  message: IncomingMessage,
  response: ServerResponse,
  state: State,
): Promise<void> {
  try {
    const exchange = await readExchange(message, response, state.identify);
    if (exchange === null) return;
    state.calls.push(exchange.seen);
    state.options.onRequest?.(exchange.seen);
    await pass(exchange, state);
  } catch (error) {
    state.failures.push(error);
    response.destroy();
  }
}

async function pass({ request, response, seen }: Exchange, state: State): Promise<void> {
  seen.fault = state.faults.take(seen, 'before');
  if (seen.fault !== null) return inject(response, seen.fault.action);
  const reply = await ask(request, state);
  if (reply === null) return void sendReply(response, noAnswer);
  seen.targetStatus = reply.status;
  seen.fault = state.faults.take(seen, 'after');
  const action = seen.fault?.action;
  if (action?.kind === 'rewrite') return void sendReply(response, action.reply(reply));
  if (action !== undefined) return inject(response, action);
  await sendReply(response, reply);
  seen.fault = state.faults.take(seen, 'answered');
  if (seen.fault !== null) await inject(response, seen.fault.action);
}

/** What the target answers; null when it does not. */
async function ask(request: WholeRequest, { target, options }: State): Promise<WholeReply | null> {
  if (options.rewriteOrigin !== true) return forward(request, target).catch(() => null);
  const reply = await forward(uncompressed(request), target).catch(() => null);
  return reply && rewritten(reply, target.url, `http://${request.headers.host}`);
}

const noAnswer: WholeReply = {
  status: 502,
  headers: { 'content-type': 'text/plain' },
  body: Buffer.from('The target of the fault proxy gave no answer'),
};
