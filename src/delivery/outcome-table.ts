import type { Config } from '../config/config.ts';
import type { RowError } from '../salesforce/result/row-error.ts';
import type { RowResult } from '../salesforce/result/row-result.ts';

/** The meaning of a row's result. */
export type ResultKind = 'written' | 'rejected' | 'transient' | 'unprocessed';

/**
 * Whether a row can be sent again. `prior-delivery`: its job is of an earlier delivery, and this one
 * has not tried yet. `can-retry`: a further job is possible. `next-delivery`: one more attempt is
 * left but no time for it, and a redelivery repeats nothing. `exhausted`: attempts are used up, or
 * time is and a redelivery would write other rows again.
 */
export type RetryWindow = 'prior-delivery' | 'can-retry' | 'next-delivery' | 'exhausted';

/** The outcome of a row's records. */
export type Outcome = 'written' | 'retry' | 'errant' | 'redeliver';

/**
 * The outcome of a row by tolerance, kind of result and retry window. With `ERRORS_TOLERANCE=none` a row
 * that an earlier delivery could not write is retried once in each delivery, since its cause may have
 * been corrected; with `all` it is errant at once.
 */
export const outcomes: Readonly<
  Record<
    Config['errorsTolerance'],
    Readonly<Record<ResultKind, Readonly<Record<RetryWindow, Outcome>>>>
  >
> = {
  all: {
    written: written(),
    rejected: {
      ...{ 'prior-delivery': 'errant', 'can-retry': 'errant' },
      ...{ 'next-delivery': 'errant', exhausted: 'errant' },
    },
    transient: {
      ...{ 'prior-delivery': 'retry', 'can-retry': 'retry' },
      ...{ 'next-delivery': 'redeliver', exhausted: 'errant' },
    },
    unprocessed: unprocessed(),
  },
  none: {
    written: written(),
    rejected: {
      ...{ 'prior-delivery': 'retry', 'can-retry': 'redeliver' },
      ...{ 'next-delivery': 'redeliver', exhausted: 'redeliver' },
    },
    transient: unprocessed(),
    unprocessed: unprocessed(),
  },
};

function written(): Record<RetryWindow, Outcome> {
  return {
    ...{ 'prior-delivery': 'written', 'can-retry': 'written' },
    ...{ 'next-delivery': 'written', exhausted: 'written' },
  };
}

function unprocessed(): Record<RetryWindow, Outcome> {
  return {
    ...{ 'prior-delivery': 'retry', 'can-retry': 'retry' },
    ...{ 'next-delivery': 'redeliver', exhausted: 'redeliver' },
  };
}

/**
 * Transient row errors: locks, timeouts, temporary limits.
 * Source: Salesforce help, "Status codes", and what Data Loader and others send again.
 */
export const transientCodes: ReadonlySet<string> = new Set([
  'API_CURRENTLY_DISABLED',
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

function isTransient({ code, message }: RowError): boolean {
  if (code !== wrapping) return transientCodes.has(code);
  return [...transientCodes].some((inner) => message.includes(inner));
}

/** Another job has just created the row; the next upsert finds it. */
const racing = 'DUPLICATE_VALUE';

/**
 * Classifies a result. `isDone` recognizes errors of rows that are already as they should be. A
 * `DUPLICATE_VALUE` among those is retried once, since a concurrent job may have created the row.
 */
export function kindOf(result: RowResult, isDone: (error: RowError) => boolean): ResultKind {
  if (result.kind !== 'failed') return result.kind;
  if (isDone(result.error)) return result.error.code === racing ? 'transient' : 'written';
  return isTransient(result.error) ? 'transient' : 'rejected';
}
