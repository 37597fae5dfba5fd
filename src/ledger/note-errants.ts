import type { RecordOrigin } from '../kafka/record.ts';
import { byPartition, changed, runsIn } from './change.ts';
import { isInRanges } from './offset-ranges.ts';
import { isOfTime, type LedgerState, type NotedErrants, partitionKey, timesOf } from './state.ts';

/** A record that is errant, and why in codes. */
export interface ErrantToNote extends Pick<NotedErrants, 'stage' | 'code' | 'rejection'> {
  readonly record: RecordOrigin;
}

const reasonOf = ({ stage, code, rejection }: ErrantToNote): string =>
  [stage, code, rejection?.jobId, rejection?.errorCode].join(' ');

/**
 * Notes errant records before they are reported, and before a later record of their key is sent.
 * What is noted already stays as it is. `event` are all records of the event.
 */
export function withErrants(
  state: LedgerState,
  { errants, at }: { readonly errants: readonly ErrantToNote[]; readonly at: number },
  event: readonly RecordOrigin[],
): LedgerState {
  const places = byPartition(event);
  const reasons = new Map(errants.map((errant) => [errant.record, errant] as const));
  const records = errants
    .map(({ record }) => record)
    .filter((record) => {
      const known = state.get(partitionKey(record))?.errants ?? [];
      return !known.some((one) => isOfTime(record, one) && isInRanges(record.offset, one.ranges));
    });
  return changed(state, records, (known, those) => {
    const all = places.get(partitionKey(known)) ?? [];
    const byReason = Map.groupBy(those, (record) => reasonOf(reasons.get(record) as ErrantToNote));
    const noted = [...byReason.values()].map((same): NotedErrants => {
      const { stage, code, rejection } = reasons.get(same[0] as RecordOrigin) as ErrantToNote;
      return { stage, code, rejection, ranges: runsIn(known, same, all), ...timesOf(same), at };
    });
    return { ...known, errants: [...known.errants, ...noted] };
  });
}
