import type { RecordOrigin } from '../kafka/record.ts';
import type { LedgerDuration, LedgerState } from './state.ts';
import { updatePartitions } from './update.ts';

/** Number of durations that an item keeps. */
const remembered = 32;

/** Adds the durations of a flush's jobs to each partition of its event, from where other containers learn. */
export const addDurations = (
  state: LedgerState,
  event: readonly RecordOrigin[],
  durations: readonly LedgerDuration[],
): LedgerState =>
  updatePartitions(state, event, (known) => ({
    ...known,
    durations: [...known.durations, ...durations].slice(-remembered),
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
