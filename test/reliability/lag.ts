import { type HttpRequest, NoReply, type Send } from '../../src/http/send.ts';
import type { QuickClock } from '../given/clock.ts';

/** How long the reply to a request takes, in milliseconds of the container's clock. */
export type Lag = (request: HttpRequest) => number;

/** The error of a reply that did not come in time; the time has passed on the clock then. */
export function tooLate(clock: QuickClock, timeoutMs: number): NoReply {
  clock.pass(timeoutMs);
  const details = { mayHaveArrived: true, cause: undefined };
  return new NoReply(`no reply within ${timeoutMs} ms`, details);
}

/** A network whose replies take their time, which costs a test none. */
export function lagging(send: Send, clock: QuickClock, lag: Lag): Send {
  return async (request) => {
    const ms = lag(request);
    const reply = await send(request);
    if (ms >= request.timeoutMs) throw tooLate(clock, request.timeoutMs);
    clock.pass(ms);
    return reply;
  };
}
