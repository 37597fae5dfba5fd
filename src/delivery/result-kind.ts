import type { RowError } from '../salesforce/result/row-error.ts';
import type { RowResult } from '../salesforce/result/row-result.ts';

/** The meaning of a row's result. */
export type ResultKind = 'written' | 'rejected' | 'transient' | 'unprocessed';

/**
 * Transient row errors: locks, timeouts, temporary limits.
 * Source: Salesforce help, "Status codes", and what Data Loader and others send again.
 */
const transientCodes: ReadonlySet<string> = new Set([
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
export function resultKindOf(result: RowResult, isDone: (error: RowError) => boolean): ResultKind {
  if (result.kind !== 'failed') return result.kind;
  if (isDone(result.error)) return result.error.code === racing ? 'transient' : 'written';
  return isTransient(result.error) ? 'transient' : 'rejected';
}
