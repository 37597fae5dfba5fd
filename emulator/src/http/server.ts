import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CallFault, CallName } from '../fault/fault.ts';
import type { Org } from '../org/org.ts';
import { maskBody, maskHeaders, type RequestEntry } from '../org/request-log.ts';
import { type ApiRequest, readRequest } from './api-request.ts';
import { answerControl } from './control.ts';
import { dispatch } from './gateway.ts';
import { jsonReply, type Reply } from './reply.ts';
import { send, sendHalf } from './send.ts';

/** What Node.js reads of a call at most; it answers more in its own words, unlike an org. */
const HEAD_BYTES = 1_048_576;

/** The HTTP server of an org. It does not listen yet. */
export function makeServer(org: Org): Server {
  return createServer({ maxHeaderSize: HEAD_BYTES }, (message, response) => {
    serve({ message, response }, org).catch((error: unknown) => {
      if (!response.destroyed) send(response, crashReply(error));
    });
  });
}

interface Exchange {
  readonly message: IncomingMessage;
  readonly response: ServerResponse;
}

async function serve({ message, response }: Exchange, org: Org): Promise<void> {
  const request = await readRequest(message);
  if (request.path.startsWith('/__emulator')) {
    send(response, answerControl(request, org));
    return;
  }
  const { name, answer } = dispatch(request, org);
  const entry = logEntry(request, name, org);
  org.requests.add(entry);
  if (org.pace.replyMs > 0) await sleep(org.pace.replyMs);
  const before = name && org.faults.takeCall(name, 'before');
  if (before && (await applyFault(before, { response, entry, org }))) return;
  const reply = answer();
  const after = name && org.faults.takeCall(name, 'after');
  if (after && (await applyFault(after, { response, entry, org, reply }))) return;
  entry.status = reply.status;
  send(response, reply);
}

interface FaultScope {
  readonly response: ServerResponse;
  readonly entry: RequestEntry;
  readonly org: Org;
  /** The reply to the call; absent before the call took effect. */
  readonly reply?: Reply;
}

/** Applies a fault; true: the call is finished. */
async function applyFault({ action }: CallFault, scope: FaultScope): Promise<boolean> {
  const { response, entry, org, reply } = scope;
  entry.faults = [...entry.faults, action.kind];
  switch (action.kind) {
    case 'delay':
      await sleep(action.ms);
      return false;
    case 'expire-token':
      org.sessions.expireAll();
      return false;
    case 'silence':
      return true;
    case 'reset':
      response.socket?.resetAndDestroy();
      return true;
    case 'truncate':
      if (reply) sendHalf(response, reply);
      return true;
    case 'status': {
      const { status, headers = {} } = action;
      entry.status = status;
      send(response, { status, headers, body: '', ...faultBody(action) });
      return true;
    }
  }
}

function faultBody(action: Extract<CallFault['action'], { kind: 'status' }>): Partial<Reply> {
  const { body, headers = {} } = action;
  if (body === undefined) return {};
  if (typeof body === 'string') return { body };
  const reply = jsonReply(body, action.status);
  return { body: reply.body, headers: { ...reply.headers, ...headers } };
}

function logEntry(request: ApiRequest, name: CallName | null, org: Org): RequestEntry {
  const query = request.query.size > 0 ? `?${request.query.toString()}` : '';
  return {
    at: org.now(),
    method: request.method,
    path: request.path + query,
    call: name ?? 'unknown',
    headers: maskHeaders(request.headers),
    bytes: request.body.length,
    body: maskBody(request.body.subarray(0, 16_000).toString('utf8')),
    status: null,
    faults: [],
  };
}

/** The reply to a bug in the emulator, which no Salesforce org gives. */
function crashReply(error: unknown): Reply {
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return jsonReply([{ errorCode: 'EMULATOR_ERROR', message }], 500);
}
