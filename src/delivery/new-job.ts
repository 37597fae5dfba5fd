import type { CsvDocument } from '../csv/document.ts';
import type { ErrantRecord } from '../kafka/errant-record.ts';
import type { RecordOrigin } from '../kafka/record.ts';
import { addErrants } from '../ledger/add-errants.ts';
import { addJob, removeJob } from '../ledger/add-job.ts';
import type { LedgerState } from '../ledger/state.ts';
import type { Row } from '../rows/row.ts';
import type { EndedJob } from '../salesforce/job/follow.ts';
import type { JobInfo } from '../salesforce/job/job-info.ts';
import type { DeliveryContext } from './context.ts';

/** What the ledger stores before a job gets any rows. */
export interface LedgerUpdate {
  /** All records of the event. */
  readonly event: readonly RecordOrigin[];
  readonly state: LedgerState;
  /** Errant records; no later record of their key may be sent before the ledger has them. */
  readonly errants: readonly ErrantRecord[];
}

/** A job of this delivery. */
export interface NewJob {
  readonly job: EndedJob;
  readonly state: LedgerState;
}

/** Stores an open job in the ledger. If that fails, the job is aborted and gets no rows. */
async function recordJob(
  { runtime, ledger, org, time }: DeliveryContext,
  { id, rows }: { readonly id: string; readonly rows: readonly Row[] },
  { event, state, errants }: LedgerUpdate,
): Promise<LedgerState> {
  const records = rows.flatMap((row) => row.records);
  const at = runtime.clock.now();
  const decided = addErrants(state, { errants, at }, event);
  const noted = addJob(decided, { id, rows: rows.length, records, at }, event);
  try {
    return await ledger.write(state, noted, time.calls);
  } catch (error) {
    await org.abort(id);
    throw error;
  }
}

/** Creates a job, stores it in the ledger, uploads its rows. A job takes one upload, so a failed upload
 * needs a new job. */
async function submitStaged(
  parts: DeliveryContext,
  document: CsvDocument<Row>,
  toNote: LedgerUpdate,
): Promise<{ info: JobInfo; state: LedgerState }> {
  let { state } = toNote;
  for (let attempt = 1; ; attempt++) {
    const { id } = await parts.org.createEmptyJob();
    state = await recordJob(parts, { id, rows: document.rows }, { ...toNote, state });
    const info = await parts.org.uploadAndClose({ id, attempt }, document.text);
    if (info !== null) return { info, state };
    state = removeJob(state, id);
  }
}

/** Submits a document as one job; the ledger stores the job before it has any rows. */
async function submit(
  parts: DeliveryContext,
  document: CsvDocument<Row>,
  toNote: LedgerUpdate,
): Promise<{ info: JobInfo; state: LedgerState }> {
  const { org, log } = parts;
  const bytes = Buffer.byteLength(document.text);
  const uploadMode = org.uploadMode(bytes);
  const submitted =
    uploadMode === 'staged'
      ? await submitStaged(parts, document, toNote)
      : { info: await org.createJobWithRows(document.text), state: toNote.state };
  const counts = { rows: document.rows.length, columns: document.header.length, bytes };
  log.info('job submitted', { upload_mode: uploadMode, ...counts });
  return submitted;
}

/** Submits a document as one job and waits for its end. Throws as `Org` and `Ledger` do. */
export async function runNewJob(
  parts: DeliveryContext,
  document: CsvDocument<Row>,
  toNote: LedgerUpdate,
): Promise<NewJob> {
  const { info, state } = await submit(parts, document, toNote);
  return { job: await parts.org.follow(info), state };
}
