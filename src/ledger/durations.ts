import type { RecordOrigin } from '../kafka/record.ts';
import type { LedgerDuration, LedgerState } from './state.ts';
import { updatePartitions } from './update.ts';

/** The most durations in an item. */
const maxDurations = 32;

/** The size of a job with this number of rows. */
type SizeOf = (rows: number) => number;

/** The newest of each size, as many of one as of another if there are so many. */
function newestOf(durations: readonly LedgerDuration[], sizeOf: SizeOf): readonly LedgerDuration[] {
  const sizes = [...Map.groupBy(durations, ({ rows }) => sizeOf(rows)).values()];
  const kept = (ofEach: number) => sizes.flatMap((ofSize) => ofSize.slice(-ofEach));
  let ofEach = maxDurations;
  while (kept(ofEach).length > maxDurations) ofEach--;
  const those = new Set(kept(ofEach));
  return durations.filter((one) => those.has(one));
}

/**
 * Adds the durations of a flush's jobs to each partition of its event, from where other containers learn.
 * A flush with many small jobs leaves those of other sizes there.
 */
export const addDurations = (
  state: LedgerState,
  event: readonly RecordOrigin[],
  { durations, sizeOf }: { readonly durations: readonly LedgerDuration[]; readonly sizeOf: SizeOf },
): LedgerState =>
  updatePartitions(state, event, (known) => ({
    ...known,
    durations: newestOf([...known.durations, ...durations], sizeOf),
  }));

const oneDuration = /^(\d{1,8}):(\d{1,10}):(\d{1,15})$/;

/** Writes durations as short text, `rows:milliseconds:time`, since each is in the item of each partition. */
export const durationsText = (durations: readonly LedgerDuration[]): string =>
  durations.map(({ rows, tookMs, at }) => `${rows}:${Math.round(tookMs)}:${at}`).join(' ');

/** Reads durations from text; those in another form are left out, since they only shorten waits. */
export const durationsFromText = (text: string): LedgerDuration[] =>
  text.split(' ').flatMap((one) => {
    const [, rows, tookMs, at] = oneDuration.exec(one) ?? [];
    return at === undefined ? [] : [{ rows: Number(rows), tookMs: Number(tookMs), at: Number(at) }];
  });
