import type { CsvDocument } from '../csv/document.ts';
import type { RecordOrigin } from '../kafka/record.ts';
import type { Memory } from '../ledger/memory.ts';
import { withJob, withoutJob } from '../ledger/remember.ts';
import type { EndedJob } from '../salesforce/job/follow.ts';
import type { JobInfo } from '../salesforce/job/job-info.ts';
import type { DeliveryParts } from './delivery-parts.ts';

/** A document on its way, and what the ledger needs to know of it. */
export interface Submission {
  readonly document: CsvDocument;
  /** All records of the event. */
  readonly event: readonly RecordOrigin[];
  readonly memory: Memory;
}

/** The job that a document became. */
export interface NewJob {
  readonly job: EndedJob;
  readonly memory: Memory;
}

/** Notes an open job in the ledger; a job that cannot be noted must not get any rows. */
async function note(
  { edges, ledger, org, time }: DeliveryParts,
  jobId: string,
  { document, event, memory }: Submission,
): Promise<Memory> {
  const records = document.rows.flatMap((row) => row.records);
  const at = edges.clock.now();
  const noted = withJob(memory, { id: jobId, rows: document.rows.length, records, at }, event);
  try {
    return await ledger.write(memory, noted, time.calls);
  } catch (error) {
    await org.abort(jobId);
    throw error;
  }
}

/** Opens a job, notes it, fills it; a job takes one upload, so after a lost one there is another. */
async function submitStaged(
  parts: DeliveryParts,
  submission: Submission,
): Promise<{ info: JobInfo; memory: Memory }> {
  let { memory } = submission;
  for (let attempt = 1; ; attempt++) {
    const { id } = await parts.org.open();
    memory = await note(parts, id, { ...submission, memory });
    const info = await parts.org.fill({ id, attempt }, submission.document.text);
    if (info !== null) return { info, memory };
    memory = withoutJob(memory, id);
  }
}

/**
 * Writes a document as one job and waits for its end. The ledger knows the job before the job has
 * any rows. Throws as `Org` and `Ledger` do.
 */
export async function runNewJob(parts: DeliveryParts, submission: Submission): Promise<NewJob> {
  const { org, log } = parts;
  const { document } = submission;
  const bytes = Buffer.byteLength(document.text);
  const uploadMode = org.uploadMode(bytes);
  const { info, memory } =
    uploadMode === 'staged'
      ? await submitStaged(parts, submission)
      : { info: await org.openFilled(document.text), memory: submission.memory };
  const counts = { rows: document.rows.length, columns: document.header.length, bytes };
  log.info('job submitted', { upload_mode: uploadMode, ...counts });
  return { job: await org.follow(info), memory };
}
