import type { Failure } from '../call/failure.ts';

/** A redirect; or 420, by which an edge server says that the org is on another instance. */
const elsewhere: ReadonlySet<number> = new Set([301, 302, 307, 308, 420]);

/**
 * Says whether a failed attempt may mean that the org is no longer on the instance that its last
 * login named: a redirect, 420, 503, 404 in other words than Salesforce's, or no connection at all.
 * Source: what clients report of orgs that were moved.
 */
export function mayHaveMoved({ status, errorCode, acted }: Failure): boolean {
  if (status === null) return acted === 'no';
  if (status === 404) return errorCode === null;
  return status === 503 || elsewhere.has(status);
}
