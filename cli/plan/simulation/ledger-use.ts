import { itemsOfAWrite } from '../../../src/ledger/write-items.ts';
import type { Flush } from './flush.ts';

/** What a delivery does to the ledger. */
export interface LedgerUse {
  /** Items that are read. */
  readonly reads: number;
  /** Puts of one item that cost as much as its writes. */
  readonly puts: number;
}

/**
 * What the ledger does in a delivery of so many partitions, each of which has an item. All are written
 * when the job is made, and when it is settled; before that those with errant records, here as many as it
 * has rejected rows. Above the API usage ceiling there is no job.
 */
export function ledgerUse({ failure, rejected }: Flush, partitions: number): LedgerUse {
  const reads = partitions;
  if (failure === 'calls') return { reads, puts: 0 };
  const all = putsOf(partitions);
  if (failure !== null) return { reads, puts: all };
  return { reads, puts: 2 * all + putsOf(Math.min(partitions, rejected)) };
}

/**
 * A transaction, of up to a hundred items, costs two puts for each; a single item is put by itself.
 *
 * Source: DynamoDB developer guide, "Capacity management for transactions".
 */
function putsOf(items: number): number {
  const last = items % itemsOfAWrite;
  return 2 * (items - last) + (last === 1 ? 1 : 2 * last);
}
