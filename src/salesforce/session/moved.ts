import type { Failure } from '../call/failure.ts';

/** Redirects, and 420, with which an edge server says that the org is on another instance. */
const elsewhere: ReadonlySet<number> = new Set([301, 302, 307, 308, 420]);

/**
 * Tells whether a failed attempt may mean that the org has moved from the instance of the last login: a
 * redirect, 420, 503, a 404 that is not Salesforce's, or no connection at all.
 * Source: client reports about orgs that were moved.
 */
export function mayHaveMoved({ status, errorCode, processed }: Failure): boolean {
  if (status === null) return processed === 'no';
  if (status === 404) return errorCode === null;
  return status === 503 || elsewhere.has(status);
}
