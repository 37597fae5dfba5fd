import type { CsvDocument } from '../csv/document.ts';
import type { Errant } from '../errant/errant-record.ts';
import type { RecordOrigin } from '../kafka/record.ts';
import { withErrants } from '../ledger/note-errants.ts';
import { withJob, withoutJob } from '../ledger/note-job.ts';
import type { Memory } from '../ledger/state.ts';
import type { EndedJob } from '../salesforce/job/follow.ts';
import type { JobInfo } from '../salesforce/job/job-info.ts';
import type { DeliveryParts } from './delivery-parts.ts';

/** What the ledger needs to know of a job before it gets any rows. */
export interface ToNote {
  /** All records of the event. */
  readonly event: readonly RecordOrigin[];
  readonly memory: Memory;
  /** Records that are errant: no later record of their key may be sent before that is noted. */
  readonly errants: readonly Errant[];
}

/** The job that a document became. */
export interface NewJob {
  readonly job: EndedJob;
  readonly memory: Memory;
}

/** Notes an open job in the ledger; a job that cannot be noted must not get any rows. */
async function note(
  { edges, ledger, org, time }: DeliveryParts,
  { id, rows }: { readonly id: string; readonly rows: CsvDocument['rows'] },
  { event, memory, errants }: ToNote,
): Promise<Memory> {
  const records = rows.flatMap((row) => row.records);
  const at = edges.clock.now();
  const decided = withErrants(memory, { errants, at }, event);
  const noted = withJob(decided, { id, rows: rows.length, records, at }, event);
  try {
    return await ledger.write(memory, noted, time.calls);
  } catch (error) {
    await org.abort(id);
    throw error;
  }
}

/** Opens a job, notes it, fills it; a job takes one upload, so after a lost one there is another. */
async function submitStaged(
  parts: DeliveryParts,
  document: CsvDocument,
  toNote: ToNote,
): Promise<{ info: JobInfo; memory: Memory }> {
  let { memory } = toNote;
  for (let attempt = 1; ; attempt++) {
    const { id } = await parts.org.open();
    memory = await note(parts, { id, rows: document.rows }, { ...toNote, memory });
    const info = await parts.org.fill({ id, attempt }, document.text);
    if (info !== null) return { info, memory };
    memory = withoutJob(memory, id);
  }
}

/** Uploads a document as one job, which the ledger knows before the job has any rows. */
async function submit(
  parts: DeliveryParts,
  document: CsvDocument,
  toNote: ToNote,
): Promise<{ info: JobInfo; memory: Memory }> {
  const { org, log } = parts;
  const bytes = Buffer.byteLength(document.text);
  const uploadMode = org.uploadMode(bytes);
  const submitted =
    uploadMode === 'staged'
      ? await submitStaged(parts, document, toNote)
      : { info: await org.openFilled(document.text), memory: toNote.memory };
  const counts = { rows: document.rows.length, columns: document.header.length, bytes };
  log.info('job submitted', { upload_mode: uploadMode, ...counts });
  return submitted;
}

/** Writes a document as one job and waits for its end. Throws as `Org` and `Ledger` do. */
export async function runNewJob(
  parts: DeliveryParts,
  document: CsvDocument,
  toNote: ToNote,
): Promise<NewJob> {
  const { info, memory } = await submit(parts, document, toNote);
  return { job: await parts.org.follow(info), memory };
}
