import type { CsvDocument } from '../../csv/document.ts';
import { SinkError } from '../../errors.ts';
import { abort } from './abort.ts';
import type { JobContext } from './job-context.ts';
import { type EndState, hasEnded, type JobInfo } from './job-info.ts';
import type { RowErrors } from './row-errors.ts';
import { submit, type UploadMode, uploadModeFor } from './submit.ts';
import { type Waited, waitForEnd } from './wait.ts';

/** What became of a job: facts, for `settle` to judge. */
export interface JobResult {
  readonly jobId: string;
  readonly uploadMode: UploadMode;
  readonly state: EndState;
  /** Data rows in the document. */
  readonly sent: number;
  /** Rows that Salesforce attempted, failed ones among them; null when it does not say. */
  readonly processed: number | null;
  readonly failed: number | null;
  readonly errorMessage: string | null;
  /** The distinct errors of failed rows, most frequent first; null when they could not be read. */
  readonly rowErrors: readonly RowErrors[] | null;
  readonly waits: number;
  /** How long the job took, as far as the looks at it tell; in milliseconds. */
  readonly tookMs: number;
}

/** Reading errors may fail without changing what they would explain: that rows failed. */
async function rowErrors(
  { finalJobs, log }: JobContext,
  info: JobInfo,
): Promise<RowErrors[] | null> {
  if (info.state !== 'JobComplete' || !info.failed) return [];
  try {
    return await finalJobs.rowErrors(info.id);
  } catch (error) {
    if (!(error instanceof SinkError)) throw error;
    log.warn('row errors not read', { code: error.code, reason: error.message });
    return null;
  }
}

/** A job that can no longer be followed is aborted; if it has ended meanwhile, its end counts. */
async function follow(
  context: JobContext,
  info: JobInfo,
  recentJobsMs: readonly number[],
): Promise<Waited> {
  const submittedAt = context.edges.clock.now();
  try {
    return await waitForEnd(context, { info, submittedAt, recentJobsMs });
  } catch (error) {
    const end = await abort(context, info.id);
    if (end === null || !hasEnded(end.state) || end.state === 'Aborted') throw error;
    return { info: end, waits: 0, elapsedMs: 0, tookMs: 0 };
  }
}

/**
 * Stops a job that has outlived its waits, so that it does not go on writing rows that will come
 * again. Gives the job if it has ended by itself meanwhile, else throws `JOB_STILL_RUNNING`.
 */
async function stop(context: JobContext, { info, waits, elapsedMs }: Waited): Promise<JobInfo> {
  const end = await abort(context, info.id);
  if (end !== null && hasEnded(end.state) && end.state !== 'Aborted') return end;
  const fate =
    end?.state === 'Aborted'
      ? 'was aborted'
      : 'could not be aborted, so it may go on writing rows; look at it in Setup, Bulk Data Load Jobs';
  const seconds = Math.round(elapsedMs / 1000);
  throw new SinkError(
    'JOB_STILL_RUNNING',
    `Job ${info.id} was ${info.state} after ${waits} waits and ${seconds} s and ${fate}. Kafka redelivers its records. If this repeats, make batches smaller or raise POLL_MAX_STEPS, POLL_MAX_WAIT_SECONDS or the function's time-out.`,
  );
}

/**
 * Writes a document as one job and waits for its end. Throws `JOB_STILL_RUNNING` when waits or
 * time run out, after aborting the job, and as `submit` and `Client.call` do.
 */
export async function runJob(
  context: JobContext,
  document: CsvDocument,
  recentJobsMs: readonly number[],
): Promise<JobResult> {
  const bytes = Buffer.byteLength(document.text);
  const uploadMode = uploadModeFor(context.config, bytes);
  const submitted = await submit(context, uploadMode, document.text);
  const sent = document.records.length;
  const columns = document.header.length;
  context.log.info('job submitted', { upload_mode: uploadMode, rows: sent, columns, bytes });

  const waited = await follow(context, submitted, recentJobsMs);
  const info = hasEnded(waited.info.state) ? waited.info : await stop(context, waited);
  const { id: jobId, processed, failed, errorMessage } = info;
  const { waits, tookMs } = waited;
  const errors = await rowErrors(context, info);
  const state = info.state as EndState;
  const counts = { sent, processed, failed, waits, tookMs };
  return { jobId, uploadMode, state, ...counts, errorMessage, rowErrors: errors };
}
