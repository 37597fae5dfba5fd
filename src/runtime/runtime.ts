import { randomUUID } from 'node:crypto';
import { type Clock, systemClock } from './deadline.ts';
import { createSend, type Send } from './http/send.ts';

/** The outside world, as one argument: time, chance and the network. */
export interface Runtime {
  readonly clock: Clock;
  /** From 0 up to 1, without 1. */
  readonly random: () => number;
  readonly uuid: () => string;
  readonly send: Send;
}

/** The world as it is. */
export const systemRuntime = (): Runtime => ({
  clock: systemClock,
  random: Math.random,
  uuid: randomUUID,
  send: createSend(),
});
