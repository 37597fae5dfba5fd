/** The back-off before a failed batch is delivered again. */
export interface RedeliveryWaits {
  firstMs: number;
  maxMs: number;
}

/** Back-off for a developer's machine; Lambda's own is neither documented nor configurable. */
export const redeliveryWaits: RedeliveryWaits = { firstMs: 1000, maxMs: 60_000 };

/**
 * The wait in milliseconds after the `attempt`th failure of a batch (from 1); it doubles each time.
 */
export function redeliveryWaitMs(waits: RedeliveryWaits, attempt: number): number {
  return Math.min(waits.maxMs, waits.firstMs * 2 ** (attempt - 1));
}
