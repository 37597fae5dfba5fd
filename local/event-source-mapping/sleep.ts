import { setTimeout as delay } from 'node:timers/promises';

/** Waits `ms` milliseconds or until `signal` aborts; never rejects. */
export type Sleep = (ms: number, signal: AbortSignal) => Promise<void>;

/** Sleeps by the timers of Node.js. */
export const sleep: Sleep = async (ms, signal) => {
  await delay(ms, undefined, { signal }).catch(() => undefined);
};
