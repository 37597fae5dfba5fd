import type { Config } from '../config/config.ts';
import type { Deadline } from '../runtime/deadline.ts';
import type { Log } from '../runtime/log.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { ApiUsage } from '../salesforce/api-usage.ts';
import { Client } from '../salesforce/session/client.ts';
import { credentialsFrom, type ReadSecret } from '../salesforce/session/credentials.ts';
import { Session } from '../salesforce/session/session.ts';
import { ApiVersionWarning } from '../salesforce/version-warning.ts';
import { checkDuplicateRules } from './check-duplicate-rules.ts';
import { checkLimits } from './check-limits.ts';
import { checkOpenJobs } from './check-open-jobs.ts';
import { checkTarget } from './check-target.ts';
import { checkSupport, checkVersion } from './check-version.ts';
import type { Checks } from './checks.ts';

/** The checks of secret and org, in this order. */
export const orgChecks = [
  'secret',
  'login',
  'API version',
  'object',
  'external id',
  'fields',
  'duplicate rules',
  'open jobs',
  'limits',
  'API support',
] as const;

/** Time limit of one call, in milliseconds. */
const attemptTimeoutMs = 10_000;

/** What an org is checked with. */
export interface OrgParts {
  readonly runtime: Runtime;
  readonly log: Log;
  readonly readSecret: ReadSecret;
}

interface Sink {
  readonly config: Config;
  readonly deadline: Deadline;
  /** Whether the org's jobs are listed, which takes a call for each thousand. */
  readonly listsJobs: boolean;
}

/** Checks what a sink needs of its org. */
export async function checkOrg(
  checks: Checks,
  { runtime, log, readSecret }: OrgParts,
  { config, deadline, listsJobs }: Sink,
): Promise<void> {
  const readCredentials = credentialsFrom(config.secretId, readSecret);
  const secret = await checks.run('secret', async () => {
    await readCredentials(deadline, true);
    return { detail: `${config.secretId} has a client id and a client secret`, value: true };
  });
  if (secret === null) return checks.markSkipped('needs secret', ...orgChecks.slice(1));

  const session = new Session(config.oauthUri, readCredentials);
  const bounds = { runtime, log, deadline, attemptTimeoutMs, maxRetries: 1 };
  const login = await checks.run('login', async () => {
    const value = await session.token(bounds);
    return { detail: `the org is ${new URL(value.instanceUrl).host}`, value };
  });
  if (login === null) return checks.markSkipped('needs login', ...orgChecks.slice(2));

  const usage = new ApiUsage();
  const parts = { config: bounds, runtime, log, session, usage };
  const versionWarning = new ApiVersionWarning();
  const client = new Client({ ...parts, versionWarning }, bounds);
  const version = await checks.run('API version', () => checkVersion(client, config));
  if (version === null) return checks.markSkipped('needs API version', ...orgChecks.slice(3));
  await checkTarget(checks, client, config);
  await checkDuplicateRules(checks, client, config);
  const jobs = { config, userId: login.userId, now: runtime.clock.now() };
  if (listsJobs) await checkOpenJobs(checks, client, jobs);
  else checks.markSkipped('only by npm run doctor: the list of jobs takes calls', 'open jobs');
  await checkLimits(checks, client, { config, usage });
  await checks.run('API support', async () => checkSupport(config, versionWarning));
}
