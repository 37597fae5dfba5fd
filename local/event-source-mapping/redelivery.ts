/** The waits before a failed batch is delivered again: the first, and the longest. */
export interface RedeliveryWaits {
  firstMs: number;
  maxMs: number;
}

/** Waits for a run on a developer's machine. AWS neither documents its own nor lets them be set. */
export const redeliveryWaits: RedeliveryWaits = { firstMs: 1000, maxMs: 60_000 };

/** The wait in milliseconds after the `attempt`th failure of a batch (from 1): doubling each time. */
export function redeliveryWaitMs(waits: RedeliveryWaits, attempt: number): number {
  return Math.min(waits.maxMs, waits.firstMs * 2 ** (attempt - 1));
}
