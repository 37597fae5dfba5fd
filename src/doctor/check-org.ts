import type { Config } from '../config/config.ts';
import { checkColumn } from '../object/check-column.ts';
import { checkObject } from '../object/check-object.ts';
import type { ObjectDescription } from '../object/description.ts';
import type { Deadline } from '../runtime/deadline.ts';
import type { Log } from '../runtime/log.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { ApiUsage } from '../salesforce/api-usage.ts';
import { describe } from '../salesforce/describe.ts';
import { Client } from '../salesforce/session/client.ts';
import { credentialsFrom, type ReadSecret } from '../salesforce/session/credentials.ts';
import { Session } from '../salesforce/session/session.ts';
import { ApiVersionWarning } from '../salesforce/version-warning.ts';
import { checkLimits, checkVersion } from './check-limits.ts';
import { CheckFailed, type Checks } from './finding.ts';

/** The checks of secret and org, in this order. */
export const orgChecks = [
  'secret',
  'login',
  'API version',
  'object',
  'external id',
  'fields',
  'limits',
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
}

/** Checks what a sink needs of its org. */
export async function checkOrg(
  seen: Checks,
  { runtime, log, readSecret }: OrgParts,
  { config, deadline }: Sink,
): Promise<void> {
  const readCredentials = credentialsFrom(config.secretId, readSecret);
  const secret = await seen.run('secret', async () => {
    await readCredentials(deadline, true);
    return { detail: `${config.secretId} has a client id and a client secret`, value: true };
  });
  if (secret === null) return seen.markSkipped('needs secret', ...orgChecks.slice(1));

  const session = new Session(config.oauthUri, readCredentials);
  const bounds = { runtime, log, deadline, attemptTimeoutMs, maxRetries: 1 };
  const login = await seen.run('login', async () => {
    const { instanceUrl } = await session.token(bounds);
    return { detail: `the org is ${new URL(instanceUrl).host}`, value: true };
  });
  if (login === null) return seen.markSkipped('needs login', ...orgChecks.slice(2));

  const usage = new ApiUsage();
  const parts = { config: bounds, runtime, log, session, usage };
  const client = new Client({ ...parts, versionWarning: new ApiVersionWarning() }, bounds);
  const version = await seen.run('API version', () => checkVersion(client, config));
  if (version === null) return seen.markSkipped('needs API version', ...orgChecks.slice(3));
  await checkObjectOfSink(seen, client, config);
  await checkLimits(seen, client, { config, usage });
}

const allowed = { createable: true, updateable: true, deletable: true };

async function checkObjectOfSink(seen: Checks, client: Client, config: Config): Promise<void> {
  const object = await seen.run('object', async () => {
    const value = await describe(client, config);
    checkObject(value, { ...config, externalIdField: null });
    return { detail: `the run-as user may ${config.operation} ${value.name}`, value };
  });
  if (object === null) return seen.markSkipped('needs object', 'external id', 'fields');
  const { externalIdField } = config;
  if (externalIdField === null) seen.markSkipped(`${config.operation} needs none`, 'external id');
  else {
    await seen.run('external id', async () => {
      checkObject({ ...object, ...allowed }, config);
      return { detail: `${externalIdField} identifies rows`, value: true };
    });
  }
  await checkMappedFields(seen, object, config);
}

/** Checks the fields that FIELD_MAP names; those of records are unknown before they arrive. */
async function checkMappedFields(
  seen: Checks,
  object: ObjectDescription,
  { fieldMap, operation, keyField, recordIdField }: Config,
): Promise<void> {
  const targets = new Set([...fieldMap.values()].filter((name) => name !== null));
  if (targets.size === 0)
    return seen.markSkipped('no FIELD_MAP: records name the fields', 'fields');
  for (const name of targets) {
    await seen.run(`field ${name}`, async () => {
      // The flush checks whether a lookup's parent has the field.
      const checked = { object, operation, keyField, recordIdField, parents: new Map() };
      const column = checkColumn(name, checked);
      if ('name' in column) return { detail: 'can be written', value: true };
      const remedy = `Give the run-as user the field, or correct FIELD_MAP; docs/ERRORS.md#${column.code.toLowerCase()}`;
      throw new CheckFailed(`${column.code}: ${column.reason}.`, remedy);
    });
  }
}
