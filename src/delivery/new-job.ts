import type { CsvDocument } from '../csv/document.ts';
import type { ErrantRecord } from '../kafka/errant-record.ts';
import type { RecordOrigin } from '../kafka/record.ts';
import { addDeleted } from '../ledger/add-deleted.ts';
import { addErrants } from '../ledger/add-errants.ts';
import { addJob, removeJob } from '../ledger/add-job.ts';
import type { LedgerState } from '../ledger/state.ts';
import type { Row } from '../rows/row.ts';
import type { JobOperation } from '../salesforce/job/ingest-api.ts';
import type { EndedJob, JobInfo } from '../salesforce/job/job-info.ts';
import type { DeliveryContext } from './context.ts';

/** What the ledger stores before a job gets any rows. */
export interface LedgerUpdate {
  /** All records of the event. */
  readonly event: readonly RecordOrigin[];
  readonly state: LedgerState;
  /** Errant records; no later record of their key may be sent before the ledger has them. */
  readonly errants: readonly ErrantRecord[];
  /** Records of deletes that are done; the same is true for them. */
  readonly deleted: readonly RecordOrigin[];
}

/** The rows of a job and what it does with them. */
export interface JobToRun {
  readonly document: CsvDocument<Row>;
  readonly operation: JobOperation;
}

/** A job of this delivery. */
export interface NewJob {
  readonly job: EndedJob;
  readonly state: LedgerState;
}

/** Stores an open job in the ledger. If that fails, the job is aborted and gets no rows. */
async function recordJob(
  { config, runtime, ledger, org, time }: DeliveryContext,
  { id, document, operation }: JobToRun & { readonly id: string },
  { event, state, errants, deleted }: LedgerUpdate,
): Promise<LedgerState> {
  const { rows } = document;
  const records = rows.flatMap((row) => row.records);
  const at = runtime.clock.now();
  const withErrants = addErrants(state, { errants, at }, event);
  const decided = addDeleted(withErrants, { records: deleted, at }, event);
  const kind = operation === config.operation ? {} : ({ deletes: true } as const);
  const withJob = addJob(decided, { id, rows: rows.length, records, at, ...kind }, event);
  try {
    return await ledger.write(state, withJob, time.calls);
  } catch (error) {
    await org.abort(id);
    throw error;
  }
}

/** Creates a job, stores it in the ledger, uploads its rows. A job takes one upload, so a failed upload
 * needs a new job. */
async function submitStaged(
  parts: DeliveryContext,
  job: JobToRun,
  update: LedgerUpdate,
): Promise<{ info: JobInfo; state: LedgerState }> {
  let { state } = update;
  for (let attempt = 1; ; attempt++) {
    const { id } = await parts.org.createEmptyJob(job.operation);
    state = await recordJob(parts, { ...job, id }, { ...update, state });
    const info = await parts.org.uploadAndClose({ id, attempt }, job.document);
    if (info !== null) return { info, state };
    state = removeJob(state, id);
  }
}

/** Submits a document as one job; the ledger stores the job before it has any rows. */
async function submit(
  parts: DeliveryContext,
  job: JobToRun,
  update: LedgerUpdate,
): Promise<{ info: JobInfo; state: LedgerState }> {
  const { config, org, log } = parts;
  const { document, operation } = job;
  const { bytes } = document;
  const uploadMode = org.uploadMode(operation, bytes);
  const submitted =
    uploadMode === 'staged'
      ? await submitStaged(parts, job, update)
      : { info: await org.createJobWithRows(operation, document), state: update.state };
  const counts = { rows: document.rows.length, columns: document.header.length, bytes };
  const other = operation === config.operation ? {} : { operation };
  log.info('job submitted', { ...other, upload_mode: uploadMode, ...counts });
  return submitted;
}

/** Submits a document as one job and waits for its end. Throws as `Org` and `Ledger` do. */
export async function runNewJob(
  parts: DeliveryContext,
  job: JobToRun,
  update: LedgerUpdate,
): Promise<NewJob> {
  const { info, state } = await submit(parts, job, update);
  return { job: await parts.org.waitForEnd(info, job.document.rows.length), state };
}
