import { allWritten } from '../salesforce/result/read-results.ts';
import {
  type Deciding,
  decideRecord,
  joined,
  maySearch,
  nothing,
  type PriorResults,
  recordsOf,
} from './decide-prior.ts';
import { type DeliveryParts, type RowRules, sentRows } from './delivery-parts.ts';
import { failureOf } from './failure.ts';
import type { PriorJob, PriorJobs } from './prior-jobs.ts';
import { type ReadRecords, rowsAtHand } from './prior-rows.ts';
import { unmatchedIn, unreadableErrants } from './prior-unreadable.ts';
import { supersededIn } from './superseded.ts';

/** Reads and decides what a prior job has done with the records here. */
async function resultsOf(deciding: Deciding, prior: PriorJob): Promise<PriorResults> {
  const { parts, rowRules, records } = deciding;
  const { job, known } = prior;
  const atHand = rowsAtHand(records, known, rowRules);
  const sent = { job, sent: known.rows, ...sentRows(rowRules, atHand.rows) };
  const results = await parts.org.results(sent);
  const read = { ...prior, atHand, results };
  const owned = new Set(known.owned);
  const decided = atHand.rows
    .flatMap((row, index) => {
      const result = results.results[index] ?? ({ kind: 'unprocessed' } as const);
      return recordsOf(row, result, (one) => maySearch(one, read, rowRules));
    })
    .filter(({ record }) => owned.has(record))
    .map((one) => decideRecord(deciding, read, one));
  const isExtra = unmatchedIn(results) > atHand.absent + atHand.unreadable.length;
  const unmatched = isExtra ? results.unmatched.map((one) => ({ ...one, jobId: job.id })) : [];
  if (unmatched.length > 0 && parts.config.errorsTolerance === 'none') {
    const failure = failureOf(job, known.rows, {
      refused: unmatched.map(({ error }) => error.redactedMessage),
      unprocessed: 0,
    });
    if (failure !== null) throw failure;
  }
  const errants = unreadableErrants(read, (record) => deciding.noted.has(record));
  return joined([...decided, { ...nothing, errants, unmatched }]);
}

/**
 * Finds out what the jobs of earlier deliveries have done with the records here: it is the truth
 * about them, whatever they would become now. Throws `JOB_ROWS_MISSING` and as `Org.results` does.
 */
export async function priorResults(
  parts: DeliveryParts,
  { state, plan, jobs }: PriorJobs,
  { rowRules, records }: { readonly rowRules: RowRules; readonly records: ReadRecords },
): Promise<PriorResults> {
  const toRead = jobs.filter(({ job, known }) => !allWritten({ job, sent: known.rows }));
  // Most flushes follow no other, and have nothing to compare.
  if (toRead.length === 0) return nothing;
  const rows = [...records.rows.values()];
  const isSuperseded = supersededIn(rows, rowRules.keyOf, state);
  const deciding = { ...{ parts, rowRules, records }, noted: plan.errants, isSuperseded };
  const results: PriorResults[] = [];
  for (const prior of toRead) results.push(await resultsOf(deciding, prior));
  return joined(results);
}
