import { SinkError } from '../errors.ts';
import type { ObjectDescription } from '../object/description.ts';
import type { ApiUsage } from './api-usage.ts';
import { abort } from './job/abort.ts';
import { type EndedJob, follow } from './job/follow.ts';
import type { JobContext } from './job/job-context.ts';
import type { JobInfo } from './job/job-info.ts';
import { resume } from './job/resume.ts';
import { fill, open, openFilled, type UploadMode, uploadModeFor } from './job/submit.ts';
import { type JobLoad, JobTally } from './job-load.ts';
import { askForUsage, describe, describeIfAllowed, type KeptDescriptions } from './org-calls.ts';
import { attemptedNothing, readResults } from './result/read-results.ts';
import type { JobResults, JobRows } from './result/row-result.ts';
import type { Client } from './session/client.ts';

/** How long the jobs of a container took, in milliseconds: the last few, the oldest first. */
export class RecentJobs {
  #tookMs: readonly number[] = [];

  get tookMs(): readonly number[] {
    return this.#tookMs;
  }

  add(tookMs: number): void {
    this.#tookMs = [...this.#tookMs, tookMs].slice(-5);
  }
}

/** What a container keeps of the org between flushes. */
export interface KeptOrg {
  readonly recentJobs: RecentJobs;
  readonly descriptions: KeptDescriptions;
  readonly usage: ApiUsage;
}

/** The longest wait before a flush is not started, in milliseconds. */
const slowMs = 60_000;

/** The org as one flush sees it: its jobs, up to the end of the invocation's time. */
export class Org {
  readonly #context: JobContext;
  readonly #kept: KeptOrg;
  readonly #client: Client;
  readonly #tally = new JobTally();

  constructor(context: JobContext, kept: KeptOrg, client: Client) {
    this.#context = context;
    this.#kept = kept;
    this.#client = client;
  }

  /** Share of the org's daily API calls that is used; null: nobody knows yet. */
  get apiUsage(): number | null {
    return this.#kept.usage.share;
  }

  /**
   * Makes sure that the flush leaves enough API calls to others. Above `API_USAGE_CEILING`, and
   * when nobody knows, it asks. If it is still above, it waits and throws `API_USAGE_TOO_HIGH`:
   * slowly, so that the redeliveries do not use up more.
   */
  async enforceUsageCeiling(): Promise<void> {
    const { config, edges, time } = this.#context;
    const isTooHigh = () => (this.apiUsage ?? 0) > config.apiUsageCeiling;
    if (this.apiUsage !== null && !isTooHigh()) return;
    await askForUsage(this.#client, config);
    if (!isTooHigh()) return;
    await edges.clock.sleep(Math.round(Math.min(slowMs, time.calls.left() / 2)));
    const percent = Math.floor((this.apiUsage ?? 0) * 100);
    throw new SinkError(
      'API_USAGE_TOO_HIGH',
      `The org has used ${percent} % of its daily API calls, and API_USAGE_CEILING is ${config.apiUsageCeiling}. The records wait in Kafka until there are more again.`,
    );
  }

  /**
   * The description of the sink's object, kept for an hour, or read again when it is older than
   * `maxAgeMs`. Throws `OBJECT_INVALID`.
   */
  async describe(maxAgeMs?: number): Promise<ObjectDescription> {
    const { config, edges } = this.#context;
    const { descriptions } = this.#kept;
    const known = descriptions.get(config.object, edges.clock.now(), maxAgeMs);
    if (known) return known;
    const read = await describe(this.#client, config);
    descriptions.keep(config.object, read, edges.clock.now());
    return read;
  }

  /** The descriptions of other objects, by the name in lower case, without those that nobody may read. */
  async describeParents(
    names: readonly string[],
    maxAgeMs?: number,
  ): Promise<ReadonlyMap<string, ObjectDescription>> {
    const found = new Map<string, ObjectDescription>();
    for (const name of names) {
      const parent = await this.#describeParent(name, maxAgeMs);
      if (parent !== null) found.set(name.toLowerCase(), parent);
    }
    return found;
  }

  async #describeParent(object: string, maxAgeMs?: number): Promise<ObjectDescription | null> {
    const { config, edges } = this.#context;
    const { descriptions } = this.#kept;
    const known = descriptions.get(object, edges.clock.now(), maxAgeMs);
    if (known !== undefined) return known;
    const read = await describeIfAllowed(this.#client, { ...config, object });
    descriptions.keep(object, read, edges.clock.now());
    return read;
  }

  /** Reads the descriptions anew: somebody may have changed an object. */
  forgetDescriptions(): void {
    this.#kept.descriptions.forget();
  }

  /** What the flush has asked of the org so far. */
  get load(): JobLoad {
    return this.#tally;
  }

  /** Says how a document of so many bytes goes to Salesforce. */
  uploadMode(bytes: number): UploadMode {
    return uploadModeFor(this.#context.config, bytes);
  }

  /** Creates a job with its rows in one call; see `openFilled`. */
  openFilled(csv: string): Promise<JobInfo> {
    this.#tally.created();
    this.#tally.sent(csv);
    return openFilled(this.#context, csv);
  }

  /** Creates a job without rows. */
  open(): Promise<JobInfo> {
    this.#tally.created();
    return open(this.#context);
  }

  /** Uploads an open job's rows and starts it; null when another job must be opened; see `fill`. */
  fill(job: { readonly id: string; readonly attempt: number }, csv: string) {
    this.#tally.sent(csv);
    return fill(this.#context, job, csv);
  }

  /** Stops a job; what goes wrong with that is logged. */
  async abort(jobId: string): Promise<void> {
    await abort(this.#context, jobId);
  }

  /**
   * Waits for the end of a job that an earlier invocation made; null: it is as if it had never been.
   * Throws `JOB_STILL_RUNNING`; see `resume`.
   */
  async resume(jobId: string): Promise<EndedJob | null> {
    const info = await resume(this.#context, jobId);
    return info === null ? null : this.#follow(info);
  }

  /** Waits for the end of a job that has begun. Throws `JOB_STILL_RUNNING`; see `follow`. */
  async follow(info: JobInfo): Promise<EndedJob> {
    const ended = await this.#follow(info);
    const { state, tookMs } = ended;
    if (state === 'JobComplete' && tookMs !== null) this.#kept.recentJobs.add(tookMs);
    return ended;
  }

  /** Whether a job that has ended attempted none of its rows; its results say so, if need be. */
  attemptedNothing(job: EndedJob): Promise<boolean> {
    return attemptedNothing(this.#context.finalJobs, job);
  }

  /** Reads what became of a job's rows. Throws `JOB_ROWS_MISSING`; see `readResults`. */
  results(rows: JobRows): Promise<JobResults> {
    return readResults(this.#context.finalJobs, rows);
  }

  async #follow(info: JobInfo): Promise<EndedJob> {
    const { config, edges } = this.#context;
    const ended = await follow(this.#context, {
      info,
      submittedAt: edges.clock.now(),
      recentJobsMs: this.#kept.recentJobs.tookMs,
      maxWaits: config.pollMaxSteps - this.#tally.waits,
    });
    this.#tally.ended(ended);
    return ended;
  }
}
