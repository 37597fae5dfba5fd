import type { ObjectDescription } from '../object/description.ts';
import { Descriptions } from './descriptions.ts';
import { abort } from './job/abort.ts';
import { type EndedJob, follow } from './job/follow.ts';
import type { JobContext } from './job/job-context.ts';
import type { JobInfo } from './job/job-info.ts';
import type { JobOperation } from './job/jobs.ts';
import { resume } from './job/resume.ts';
import {
  createEmpty,
  createWithRows,
  type UploadMode,
  uploadAndClose,
  uploadModeFor,
} from './job/submit.ts';
import { type JobLoad, JobLoadCounter } from './job-counters.ts';
import { findRows, type Lookup, type RowIds } from './lookup/find-rows.ts';
import type { OrgCache } from './org-cache.ts';
import { attemptedNothing, readResults } from './result/read-results.ts';
import type { JobResults, JobRows } from './result/row-result.ts';
import type { Client } from './session/client.ts';
import { enforceUsageCeiling } from './usage-ceiling.ts';

/** The org during one flush: its jobs and descriptions, up to the end of the invocation's time. */
export class Org {
  readonly #context: JobContext;
  readonly #kept: OrgCache;
  readonly #client: Client;
  readonly #descriptions: Descriptions;
  readonly #tally = new JobLoadCounter();

  constructor(context: JobContext, kept: OrgCache, client: Client) {
    this.#context = context;
    this.#kept = kept;
    this.#client = client;
    const { config, runtime } = context;
    this.#descriptions = new Descriptions(
      { config, clock: runtime.clock, client },
      kept.descriptions,
    );
  }

  /** Used share of the org's daily API calls; null: not known yet. */
  get apiUsage(): number | null {
    return this.#kept.usage.share;
  }

  /** Throws `API_USAGE_TOO_HIGH`; see `enforceUsageCeiling`. */
  enforceUsageCeiling(): Promise<void> {
    return enforceUsageCeiling(this.#context, this.#client, this.#kept.usage);
  }

  /** See `Descriptions.describe`. */
  describe(maxAgeMs?: number): Promise<ObjectDescription> {
    return this.#descriptions.describe(maxAgeMs);
  }

  /** See `Descriptions.describeParents`. */
  describeParents(
    names: readonly string[],
    maxAgeMs?: number,
  ): Promise<ReadonlyMap<string, ObjectDescription>> {
    return this.#descriptions.describeParents(names, maxAgeMs);
  }

  /** Clears the cached descriptions, since an object may have changed. */
  forgetDescriptions(): void {
    this.#kept.descriptions.forget();
  }

  /** The load of the flush so far. */
  get load(): JobLoad {
    return this.#tally;
  }

  /** Finds the ids of rows by their keys; see `findRows`. */
  findRows(keys: readonly string[], lookup: Lookup): Promise<RowIds> {
    return findRows(keys, { ...this.#context.config, client: this.#client }, lookup);
  }

  /** Chooses how a document of this size is uploaded. */
  uploadMode(operation: JobOperation, bytes: number): UploadMode {
    return uploadModeFor({ ...this.#context.config, operation }, bytes);
  }

  /** Creates a job with its rows in one call; see `createWithRows`. */
  createJobWithRows(operation: JobOperation, csv: string): Promise<JobInfo> {
    this.#tally.created();
    this.#tally.sent(csv);
    return createWithRows(this.#context, operation, csv);
  }

  /** Creates a job without rows. */
  createEmptyJob(operation: JobOperation): Promise<JobInfo> {
    this.#tally.created();
    return createEmpty(this.#context, operation);
  }

  /** Uploads an open job's rows and starts it; null if a new job must be created; see `uploadAndClose`. */
  uploadAndClose(job: { readonly id: string; readonly attempt: number }, csv: string) {
    this.#tally.sent(csv);
    return uploadAndClose(this.#context, job, csv);
  }

  /** Aborts a job; failures are only logged. */
  async abort(jobId: string): Promise<void> {
    await abort(this.#context, jobId);
  }

  /**
   * Waits for the end of a job that an earlier invocation created; null: it wrote nothing and never
   * will. Throws `JOB_STILL_RUNNING`; see `resume`.
   */
  async resume(jobId: string): Promise<EndedJob | null> {
    const info = await resume(this.#context, jobId);
    return info === null ? null : this.#follow(info);
  }

  /** Waits for the end of a job that has started. Throws `JOB_STILL_RUNNING`; see `follow`. */
  async follow(info: JobInfo): Promise<EndedJob> {
    const ended = await this.#follow(info);
    const { state, tookMs } = ended;
    if (state === 'JobComplete' && tookMs !== null) this.#kept.recentJobs.add(tookMs);
    return ended;
  }

  /** Whether an ended job attempted none of its rows; reads its results if its counters do not say. */
  attemptedNothing(job: EndedJob): Promise<boolean> {
    return attemptedNothing(this.#context.finalJobs, job);
  }

  /** Reads the results of a job's rows. Throws `JOB_ROWS_MISSING`; see `readResults`. */
  results(rows: JobRows): Promise<JobResults> {
    return readResults(this.#context.finalJobs, rows);
  }

  async #follow(info: JobInfo): Promise<EndedJob> {
    const { config, runtime } = this.#context;
    const ended = await follow(this.#context, {
      info,
      submittedAt: runtime.clock.now(),
      recentJobsMs: this.#kept.recentJobs.tookMs,
      maxWaits: config.pollMaxSteps - this.#tally.waits,
    });
    this.#tally.ended(ended);
    return ended;
  }
}
