import { randomUUID } from 'node:crypto';
import { type Clock, systemClock } from './deadline.ts';
import { createSend, type Send } from './http/send.ts';

/** Everything non-deterministic as one argument: clock, randomness and HTTP. */
export interface Runtime {
  readonly clock: Clock;
  /** In the range 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number;
  readonly uuid: () => string;
  readonly send: Send;
}

/** The runtime of a deployed function: system clock, `Math.random` and undici. */
export const systemRuntime = (): Runtime => ({
  clock: systemClock,
  random: Math.random,
  uuid: randomUUID,
  send: createSend(),
});
