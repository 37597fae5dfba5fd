import type { Config } from '../config.ts';
import type { CsvDocument } from '../csv/document.ts';
import type { Edges } from '../edges.ts';
import type { Log } from '../log.ts';
import { Jobs } from './job/jobs.ts';
import { type JobResult, runJob } from './job/run-job.ts';
import type { TimeBudget } from './job/time-budget.ts';
import { type CallLimits, Client } from './session/client.ts';
import { credentialsFrom, type ReadSecret } from './session/credentials.ts';
import { Session } from './session/session.ts';

/** What the org is reached with. */
export interface SalesforceParts {
  readonly config: Config;
  readonly edges: Edges;
  readonly log: Log;
  readonly readSecret: ReadSecret;
}

/** A job's result and what it cost. */
export interface JobRun {
  readonly result: JobResult;
  /** HTTP requests, logins included. */
  readonly apiCalls: number;
}

/** The longest that one attempt of a call may take, its body included. */
const longestAttemptMs = 60_000;

/** Of how many jobs the duration is remembered. */
const remembered = 5;

/** The org, for the life of a container: its session and how long its jobs take. */
export class Salesforce {
  readonly #parts: SalesforceParts;
  readonly #session: Session;
  #recentJobsMs: readonly number[] = [];

  constructor(parts: SalesforceParts) {
    const { config, readSecret } = parts;
    this.#parts = parts;
    this.#session = new Session(config.oauthUri, credentialsFrom(config.secretId, readSecret));
  }

  /** Writes a document as one job. Throws as `runJob` does. */
  async write(document: CsvDocument, time: TimeBudget): Promise<JobRun> {
    const { config, log } = this.#parts;
    let apiCalls = 0;
    const send: Edges['send'] = (request) => {
      apiCalls++;
      return this.#parts.edges.send(request);
    };
    const edges = { ...this.#parts.edges, send };
    const parts = { config, edges, session: this.#session };
    const jobsWithin = (limits: CallLimits) =>
      new Jobs({ config, edges, client: new Client(parts, limits) });
    const jobs = jobsWithin({ deadline: time.calls, attemptTimeoutMs: longestAttemptMs });
    // What is left for these must do for a second and a third attempt.
    const attemptTimeoutMs = Math.min(longestAttemptMs, (time.last.at - time.calls.at) / 3);
    const finalJobs = jobsWithin({ deadline: time.last, attemptTimeoutMs });
    const context = { config, edges, log, time, jobs, finalJobs };
    const result = await runJob(context, document, this.#recentJobsMs);
    if (result.state === 'JobComplete') {
      this.#recentJobsMs = [...this.#recentJobsMs, result.tookMs].slice(-remembered);
    }
    return { result, apiCalls };
  }
}
