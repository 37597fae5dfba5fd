import type { RecordOrigin } from '../kafka/record.ts';
import { type LedgerState, partitionKey } from './state.ts';
import { byPartition, entriesOf, unknownTo, updatePartitions } from './update.ts';

/**
 * Adds records whose deletes are done to the state. The ledger must store them before a later record
 * of their key is sent. Records that it has already are left unchanged. `event` holds all records of
 * the event.
 */
export function addDeleted(
  state: LedgerState,
  { records, at }: { readonly records: readonly RecordOrigin[]; readonly at: number },
  event: readonly RecordOrigin[],
): LedgerState {
  const places = byPartition(event);
  const added = unknownTo(state, 'deleted', records);
  return updatePartitions(state, added, (known, those) => {
    const all = places.get(partitionKey(known)) ?? [];
    const entries = entriesOf(known, those, all).map((entry) => ({ ...entry, at }));
    return { ...known, deleted: [...known.deleted, ...entries] };
  });
}
