import { NoReply } from '../../src/runtime/http/no-reply.ts';
import type { HttpRequest, Send } from '../../src/runtime/http/send.ts';
import type { QuickClock } from './clock.ts';

/** How long the reply to a request takes, in milliseconds of the container's clock. */
export type Latency = (request: HttpRequest) => number;

/** The error of a reply that did not come in time; the time has passed on the clock then. */
export function timedOut(clock: QuickClock, request: HttpRequest): NoReply {
  const { timeoutMs, silenceMs = timeoutMs } = request;
  clock.pass(silenceMs);
  const details = { mayHaveArrived: true, cause: undefined };
  return new NoReply(`no reply within ${silenceMs} ms`, details);
}

/** A network whose replies take their time, which costs a test none. */
export function delayed(send: Send, clock: QuickClock, lag: Latency): Send {
  return async (request) => {
    const ms = lag(request);
    const reply = await send(request);
    const { timeoutMs, silenceMs = timeoutMs } = request;
    if (ms >= silenceMs) throw timedOut(clock, request);
    clock.pass(ms);
    return reply;
  };
}
