import { allWritten } from '../salesforce/result/read-results.ts';
import { availableRows, type DecodedEvent } from './available-rows.ts';
import { type DeliveryContext, type RowRules, sentRows } from './context.ts';
import {
  combine,
  decidePriorRecord,
  mayHideGoodRecord,
  noResults,
  type PriorContext,
  type PriorResults,
  recordedErrant,
  recordsOfRow,
} from './decide-prior-record.ts';
import { rowsFailure } from './job-error.ts';
import type { PriorJob, PriorJobs } from './prior-jobs.ts';
import { replacedIn } from './replaced-by-delete.ts';
import { supersededIn } from './superseded.ts';
import { errantsOfUnreadable, unmatchedCount } from './unreadable-records.ts';

/** Reads the results of a prior job and decides the outcome of this event's records. */
async function resultsOf(deciding: PriorContext, prior: PriorJob): Promise<PriorResults> {
  const { parts, rowRules, records } = deciding;
  const { job, inLedger } = prior;
  const available = availableRows(records, inLedger, rowRules);
  const sent = { job, sent: inLedger.rows, ...sentRows(rowRules, available.rows) };
  const results = await parts.org.results(sent);
  const read = { ...prior, available, results };
  const owned = new Set(inLedger.owned);
  const decided = available.rows
    .flatMap((row, index) => {
      const result = results.results[index] ?? ({ kind: 'unprocessed' } as const);
      return recordsOfRow(row, result, (one) => mayHideGoodRecord(one, read, rowRules));
    })
    .filter(({ record }) => owned.has(record))
    .map((one) => decidePriorRecord(deciding, read, one));
  const isExtra = unmatchedCount(results) > available.absent + available.unreadable.length;
  const unmatched = isExtra ? results.unmatched.map((one) => ({ ...one, jobId: job.id })) : [];
  if (unmatched.length > 0 && parts.config.errorsTolerance === 'none') {
    const failure = rowsFailure(job, inLedger.rows, {
      rejected: unmatched.map(({ error }) => error.redactedMessage),
      unprocessed: 0,
    });
    if (failure !== null) throw failure;
  }
  const errants = errantsOfUnreadable(read, (record) => deciding.storedErrants.has(record));
  return combine([...decided, { ...noResults, errants, unmatched }]);
}

/**
 * Sends the records of a delete job that did not delete all of its rows again, as if they were new. Its
 * results have only ids, and a row that is gone can no longer be looked up; but no later record of
 * their keys was sent, and to delete a row twice changes nothing.
 */
function repeated({ records, storedErrants }: PriorContext, { inLedger }: PriorJob): PriorResults {
  return combine(
    inLedger.owned.map((record) => {
      const entry = storedErrants.get(record);
      const errant =
        entry === undefined ? records.errants.get(record) : recordedErrant(record, entry);
      if (errant !== undefined) return { ...noResults, errants: [errant] };
      const row = records.rows.get(record);
      return row === undefined
        ? noResults
        : { ...noResults, rows: [row], retried: new Set([record]) };
    }),
  );
}

/**
 * Decides the outcome of the records that jobs of earlier deliveries carry, by the results of those
 * jobs, whatever the records would be decoded to now. Throws `JOB_ROWS_MISSING`, and as `Org.results`
 * does.
 */
export async function priorResults(
  parts: DeliveryContext,
  { state, plan, jobs }: PriorJobs,
  { rowRules, decoded }: { readonly rowRules: RowRules; readonly decoded: () => DecodedEvent },
): Promise<PriorResults> {
  const toRead = jobs.filter(({ job, inLedger }) => !allWritten({ job, sent: inLedger.rows }));
  // Most flushes have no prior jobs; skip the comparison.
  if (toRead.length === 0) return noResults;
  const records = decoded();
  const rows = [...records.rows.values()];
  const deciding: PriorContext = {
    parts,
    rowRules,
    records,
    storedErrants: plan.errants,
    isSuperseded: supersededIn(rows, rowRules.keyOf, state),
    isReplaced: replacedIn(state),
  };
  const results: PriorResults[] = [];
  for (const prior of toRead) {
    results.push(
      prior.inLedger.deletes ? repeated(deciding, prior) : await resultsOf(deciding, prior),
    );
  }
  return combine(results);
}
