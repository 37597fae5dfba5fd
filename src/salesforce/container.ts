import type { Config } from '../config/config.ts';
import type { Log } from '../runtime/log.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { ApiUsage } from './api-usage.ts';
import { DescriptionCache } from './descriptions.ts';
import { JobDurations } from './job/durations.ts';
import { Jobs } from './job/jobs.ts';
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

/** The org for the life of a container: session, caches and job durations. */
export class Salesforce {
  readonly #parts: SalesforceParts;
  readonly #session: Session;
  readonly #kept = {
    durations: new JobDurations(),
    descriptions: new DescriptionCache(),
    usage: new ApiUsage(),
  };
  readonly #versionWarning = new ApiVersionWarning();

  constructor(parts: SalesforceParts) {
    const { config, readSecret } = parts;
    this.#parts = parts;
    this.#session = new Session(config.oauthUri, credentialsFrom(config.secretId, readSecret));
  }

  /** The org for one flush, and the number of its HTTP requests so far, logins included. */
  orgForFlush(time: TimeBudget): { readonly org: Org; readonly apiCalls: () => number } {
    const { config, log } = this.#parts;
    let apiCalls = 0;
    const send: Runtime['send'] = (request) => {
      apiCalls++;
      return this.#parts.runtime.send(request);
    };
    const runtime = { ...this.#parts.runtime, send };
    const { usage } = this.#kept;
    const shared = { session: this.#session, usage, versionWarning: this.#versionWarning };
    const parts = { config, runtime, log, ...shared };
    const client = new Client(parts, { deadline: time.calls, attemptTimeoutMs });
    const jobs = new Jobs({ config, runtime, client });
    const finalClient = new Client(parts, { deadline: time.last, attemptTimeoutMs });
    const finalJobs = new Jobs({ config, runtime, client: finalClient });
    const leavesJobsRunning = config.ledgerTable !== null;
    const context = { config, runtime, log, time, jobs, finalJobs, leavesJobsRunning };
    return { org: new Org(context, this.#kept, client), apiCalls: () => apiCalls };
  }
}
