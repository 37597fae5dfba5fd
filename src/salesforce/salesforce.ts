import type { Config } from '../config/config.ts';
import { SinkError } from '../errors.ts';
import { Deadline } from '../runtime/deadline.ts';
import type { Log } from '../runtime/log.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { ApiUsage } from './api-usage.ts';
import { DescriptionCache, Descriptions } from './descriptions.ts';
import { JobDurations } from './job/durations.ts';
import { IngestApi } from './job/ingest-api.ts';
import type { TimeBudget } from './job/time-budget.ts';
import { Org } from './org.ts';
import { Client } from './session/client.ts';
import { credentialsFrom, type ReadSecret } from './session/credentials.ts';
import { Session } from './session/session.ts';
import { ApiVersionWarning } from './version-warning.ts';

/** What the org is accessed with. */
export interface SalesforceParts {
  readonly config: Config;
  readonly runtime: Runtime;
  readonly log: Log;
  readonly readSecret: ReadSecret;
}

/** Time limit of one attempt of a call, in milliseconds; reading results has none. */
const attemptTimeoutMs = 60_000;

/** Time limit of `prefetch`, in milliseconds: Lambda ends an init after 10 s. */
const prefetchTimeoutMs = 5_000;

/** The org for the life of a container: session, caches and job durations. */
export class Salesforce {
  readonly #parts: SalesforceParts;
  readonly #session: Session;
  readonly #cache = {
    durations: new JobDurations(),
    descriptions: new DescriptionCache(),
    usage: new ApiUsage(),
  };
  readonly #versionWarning = new ApiVersionWarning();
  /** HTTP requests of `prefetch`, which count as the first flush's. */
  #prefetched = 0;

  constructor(parts: SalesforceParts) {
    const { config, readSecret } = parts;
    this.#parts = parts;
    this.#session = new Session(config.oauthUri, credentialsFrom(config.secretId, readSecret));
  }

  /**
   * Logs in and reads the object's description before the first event, since Lambda gives an init more
   * CPU than a flush. Never throws: the flush that needs what failed asks again and throws its error.
   */
  async prefetch(): Promise<void> {
    const { config, log } = this.#parts;
    const { parts, apiCalls } = this.#counted(0);
    const { clock } = parts.runtime;
    const deadline = new Deadline(clock, clock.now() + prefetchTimeoutMs);
    const once = { ...parts, config: { ...config, maxRetries: 0 } };
    const client = new Client(once, { deadline, attemptTimeoutMs });
    try {
      await client.logIn();
      const descriptions = new Descriptions({ config, clock, client }, this.#cache.descriptions);
      if (config.unknownFields !== 'send') await descriptions.describe();
    } catch (error) {
      const { code, message } =
        error instanceof SinkError ? error : new SinkError('UNEXPECTED', 'A bug in the function.');
      log.warn('prefetch failed', { code, reason: message });
    }
    this.#prefetched = apiCalls();
  }

  /** The org for one flush, and the number of its HTTP requests so far, logins included. */
  orgForFlush(time: TimeBudget): { readonly org: Org; readonly apiCalls: () => number } {
    const { config, log } = this.#parts;
    const { parts, apiCalls } = this.#counted(this.#prefetched);
    this.#prefetched = 0;
    const { runtime } = parts;
    const client = new Client(parts, { deadline: time.calls, attemptTimeoutMs });
    const jobs = new IngestApi({ config, runtime, client });
    const finalClient = new Client(parts, { deadline: time.last, attemptTimeoutMs });
    const finalJobs = new IngestApi({ config, runtime, client: finalClient });
    const leavesJobsRunning = config.ledgerTable !== null;
    const context = { config, runtime, log, time, jobs, finalJobs, leavesJobsRunning };
    return { org: new Org(context, this.#cache, client), apiCalls };
  }

  /** What clients are made from, and the number of the HTTP requests that they have sent, plus `before`. */
  #counted(before: number) {
    const { config, log } = this.#parts;
    let count = before;
    const send: Runtime['send'] = (request) => {
      count++;
      return this.#parts.runtime.send(request);
    };
    const runtime = { ...this.#parts.runtime, send };
    const { usage } = this.#cache;
    const shared = { session: this.#session, usage, versionWarning: this.#versionWarning };
    return { parts: { config, runtime, log, ...shared }, apiCalls: () => count };
  }
}
