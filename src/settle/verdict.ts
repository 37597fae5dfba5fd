import type { Config } from '../config.ts';
import type { RowFate } from '../salesforce/result/fates.ts';
import type { RowError } from '../salesforce/result/row-error.ts';

/** What is known of a row once its job has ended. */
export type Fact = 'written' | 'rejected' | 'transient' | 'unprocessed';

/**
 * When it is known. `earlier`: the job is of an earlier delivery, and this one has not tried yet.
 * `early`: a further job is possible. `late`: one more attempt is left but no time for it, and a
 * redelivery repeats nothing. `last`: attempts are used up, or time is and a redelivery would
 * write other rows again.
 */
export type Moment = 'earlier' | 'early' | 'late' | 'last';

/** What happens to the row's records. */
export type Verdict = 'written' | 'again' | 'errant' | 'redeliver';

/**
 * What becomes of a row: the whole of it. With `ERRORS_TOLERANCE=none` a row that an earlier
 * delivery could not write is tried once more at each delivery, since somebody may have mended what
 * was wrong; with `all` it is errant at once.
 */
export const verdicts: Readonly<
  Record<Config['errorsTolerance'], Readonly<Record<Fact, Readonly<Record<Moment, Verdict>>>>>
> = {
  all: {
    written: { earlier: 'written', early: 'written', late: 'written', last: 'written' },
    rejected: { earlier: 'errant', early: 'errant', late: 'errant', last: 'errant' },
    transient: { earlier: 'again', early: 'again', late: 'redeliver', last: 'errant' },
    unprocessed: { earlier: 'again', early: 'again', late: 'redeliver', last: 'redeliver' },
  },
  none: {
    written: { earlier: 'written', early: 'written', late: 'written', last: 'written' },
    rejected: { earlier: 'again', early: 'redeliver', late: 'redeliver', last: 'redeliver' },
    transient: { earlier: 'again', early: 'again', late: 'redeliver', last: 'redeliver' },
    unprocessed: { earlier: 'again', early: 'again', late: 'redeliver', last: 'redeliver' },
  },
};

/**
 * Row errors that pass by themselves: locks, time-outs, an org that is short of something.
 * Source: Salesforce help, "Status codes", and what Data Loader and others send again.
 */
export const transientCodes: ReadonlySet<string> = new Set([
  'API_TEMPORARILY_UNAVAILABLE',
  'QUERY_TIMEOUT',
  'REQUEST_LIMIT_EXCEEDED',
  'REQUEST_RUNNING_TOO_LONG',
  'SERVER_UNAVAILABLE',
  'STORAGE_LIMIT_EXCEEDED',
  'TOO_MANY_LOCK_FAILURE',
  'UNABLE_TO_LOCK_ROW',
  'UNKNOWN_EXCEPTION',
]);

/** A trigger or flow failed; the error inside its message says why. */
const wrapping = 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY';

function passes({ code, message }: RowError): boolean {
  if (code !== wrapping) return transientCodes.has(code);
  return [...transientCodes].some((inner) => message.includes(inner));
}

/** Says what a row's fate means. */
export function factOf(fate: RowFate): Fact {
  if (fate.kind !== 'failed') return fate.kind;
  return passes(fate.error) ? 'transient' : 'rejected';
}
