import type { RecordOrigin } from '../kafka/record.ts';
import { type LedgerErrants, type LedgerState, partitionKey } from './state.ts';
import { byPartition, entriesOf, unknownTo, updatePartitions } from './update.ts';

/** An errant record with the codes of its reason. */
export interface ErrantToAdd extends Pick<LedgerErrants, 'stage' | 'code' | 'rejection'> {
  readonly record: RecordOrigin;
}

const reasonOf = ({ stage, code, rejection }: ErrantToAdd): string =>
  [stage, code, rejection?.jobId, rejection?.errorCode].join(' ');

/**
 * Adds errant records to the state. The ledger must store them before they are reported, and before a
 * later record of their key is sent. Records that it has already are left unchanged. `event` holds all
 * records of the event.
 */
export function addErrants(
  state: LedgerState,
  { errants, at }: { readonly errants: readonly ErrantToAdd[]; readonly at: number },
  event: readonly RecordOrigin[],
): LedgerState {
  if (errants.length === 0) return state;
  const places = byPartition(event);
  const reasons = new Map(errants.map((errant) => [errant.record, errant] as const));
  const added = unknownTo(
    state,
    'errants',
    errants.map(({ record }) => record),
  );
  return updatePartitions(state, added, (known, those) => {
    const all = places.get(partitionKey(known)) ?? [];
    const byReason = Map.groupBy(those, (record) => reasonOf(reasons.get(record) as ErrantToAdd));
    const entries = [...byReason.values()].flatMap((same): LedgerErrants[] => {
      const { stage, code, rejection } = reasons.get(same[0] as RecordOrigin) as ErrantToAdd;
      return entriesOf(known, same, all).map((entry) => ({ stage, code, rejection, ...entry, at }));
    });
    return { ...known, errants: [...known.errants, ...entries] };
  });
}
