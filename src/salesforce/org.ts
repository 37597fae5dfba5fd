import type { CsvDocument } from '../csv/document.ts';
import type { ObjectDescription } from '../object/description.ts';
import { Descriptions } from './descriptions.ts';
import { abort } from './job/abort.ts';
import type { JobDuration } from './job/durations.ts';
import { FlushWaits, type JobOfRows } from './job/flush-waits.ts';
import type { JobOperation } from './job/ingest-api.ts';
import type { JobContext } from './job/job-context.ts';
import type { EndedJob, JobInfo } from './job/job-info.ts';
import { type JobLoad, JobLoadCounter } from './job/job-load.ts';
import {
  createEmpty,
  createWithRows,
  type UploadMode,
  uploadAndClose,
  uploadModeFor,
} from './job/submit.ts';
import { findRows, type Lookup, type RowsByKey } from './lookup/find-rows.ts';
import type { OrgCache } from './org-cache.ts';
import { attemptedNothing, readResults } from './result/read-results.ts';
import type { JobResults, JobRows } from './result/row-result.ts';
import type { Client } from './session/client.ts';
import { enforceUsageCeiling } from './usage-ceiling.ts';

/** The rows of a job. */
type Csv = Pick<CsvDocument, 'text' | 'bytes'>;

/** The org during one flush: its jobs and descriptions, up to the end of the invocation's time. */
export class Org {
  readonly #context: JobContext;
  readonly #cache: OrgCache;
  readonly #client: Client;
  readonly #descriptions: Descriptions;
  readonly #load = new JobLoadCounter();
  readonly #waits: FlushWaits;

  constructor(context: JobContext, cache: OrgCache, client: Client) {
    this.#context = context;
    this.#cache = cache;
    this.#client = client;
    const { config, runtime } = context;
    this.#waits = new FlushWaits(context, {
      durations: cache.durations,
      load: this.#load,
    });
    this.#descriptions = new Descriptions(
      { config, clock: runtime.clock, client },
      cache.descriptions,
    );
  }

  /** Used share of the org's daily API calls; null: not known yet. */
  get apiUsage(): number | null {
    return this.#cache.usage.share;
  }

  /** Throws `API_USAGE_TOO_HIGH`; see `enforceUsageCeiling`. */
  enforceUsageCeiling(): Promise<void> {
    return enforceUsageCeiling(this.#context, this.#client, this.#cache.usage);
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
  clearDescriptions(): void {
    this.#cache.descriptions.clear();
  }

  /** The load of the flush so far. */
  get load(): JobLoad {
    return this.#load;
  }

  /** See `FlushWaits.newDurations`. */
  get newDurations(): readonly JobDuration[] {
    return this.#waits.newDurations;
  }

  /** See `FlushWaits.learn`. */
  learn(durations: readonly JobDuration[]): void {
    this.#waits.learn(durations);
  }

  /** Finds rows by their keys; see `findRows`. */
  findRows(keys: readonly string[], lookup: Lookup): Promise<RowsByKey> {
    return findRows(keys, { ...this.#context.config, client: this.#client }, lookup);
  }

  /** Chooses how a document of this size is uploaded. */
  uploadMode(operation: JobOperation, bytes: number): UploadMode {
    return uploadModeFor({ ...this.#context.config, operation }, bytes);
  }

  /** Creates a job with its rows in one call; see `createWithRows`. */
  createJobWithRows(operation: JobOperation, csv: Csv): Promise<JobInfo> {
    this.#load.created();
    this.#load.sent(csv);
    return createWithRows(this.#context, operation, csv.text);
  }

  /** Creates a job without rows. */
  createEmptyJob(operation: JobOperation): Promise<JobInfo> {
    this.#load.created();
    return createEmpty(this.#context, operation);
  }

  /** Uploads an open job's rows and starts it; null if a new job must be created; see `uploadAndClose`. */
  uploadAndClose(job: { readonly id: string; readonly attempt: number }, csv: Csv) {
    this.#load.sent(csv);
    return uploadAndClose(this.#context, job, csv.text);
  }

  /** Aborts a job; failures are only logged. */
  async abort(jobId: string): Promise<void> {
    await abort(this.#context, jobId);
  }

  /** See `FlushWaits.resume`. */
  resume(job: JobOfRows): Promise<EndedJob | null> {
    return this.#waits.resume(job);
  }

  /** See `FlushWaits.waitForEnd`. */
  waitForEnd(info: JobInfo, rows: number): Promise<EndedJob> {
    return this.#waits.waitForEnd(info, rows);
  }

  /** Whether an ended job attempted none of its rows; reads its results if its counters do not say. */
  attemptedNothing(job: EndedJob): Promise<boolean> {
    return attemptedNothing(this.#context.finalJobs, job);
  }

  /** Reads the results of a job's rows. Throws `JOB_ROWS_MISSING`; see `readResults`. */
  results(rows: JobRows): Promise<JobResults> {
    return readResults(this.#context.finalJobs, rows);
  }
}
