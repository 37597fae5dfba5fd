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

/** What the ledger needs to know of a job before it gets any rows. */
export interface LedgerUpdate {
  /** All records of the event. */
  readonly event: readonly RecordOrigin[];
  readonly state: LedgerState;
  /** Records that are errant: no later record of their key may be sent before that is noted. */
  readonly errants: readonly ErrantRecord[];
}

/** The job that a document became. */
export interface NewJob {
  readonly job: EndedJob;
  readonly state: LedgerState;
}

/** Notes an open job in the ledger; a job that cannot be noted must not get any rows. */
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

/** Opens a job, notes it, fills it; a job takes one upload, so after a lost one there is another. */
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

/** Uploads a document as one job, which the ledger knows before the job has any rows. */
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

/** Writes a document as one job and waits for its end. Throws as `Org` and `Ledger` do. */
export async function runNewJob(
  parts: DeliveryContext,
  document: CsvDocument<Row>,
  toNote: LedgerUpdate,
): Promise<NewJob> {
  const { info, state } = await submit(parts, document, toNote);
  return { job: await parts.org.follow(info), state };
}
