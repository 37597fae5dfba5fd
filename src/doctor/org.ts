import type { Config } from '../config/config.ts';
import { checkColumn } from '../object/check-column.ts';
import { checkObject } from '../object/check-object.ts';
import type { ObjectDescription } from '../object/description.ts';
import type { Deadline } from '../runtime/deadline.ts';
import type { Log } from '../runtime/log.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { ApiUsage } from '../salesforce/api-usage.ts';
import { describe } from '../salesforce/org-calls.ts';
import { Client } from '../salesforce/session/client.ts';
import { credentialsFrom, type ReadSecret } from '../salesforce/session/credentials.ts';
import { Session } from '../salesforce/session/session.ts';
import { VersionWarning } from '../salesforce/version-warning.ts';
import { Bad, type Examination } from './finding.ts';
import { examineLimits, examineVersion } from './org-facts.ts';

/** What is looked at of the secret and the org, in this order. */
export const orgChecks = [
  'secret',
  'login',
  'API version',
  'object',
  'external id',
  'fields',
  'limits',
] as const;

/** The longest that one call may take, in milliseconds. */
const attemptTimeoutMs = 10_000;

/** What an org is examined with. */
export interface OrgParts {
  readonly runtime: Runtime;
  readonly log: Log;
  readonly readSecret: ReadSecret;
}

interface Sink {
  readonly config: Config;
  readonly deadline: Deadline;
}

/** Examines all that a sink needs of its org. */
export async function examineOrg(
  seen: Examination,
  { runtime, log, readSecret }: OrgParts,
  { config, deadline }: Sink,
): Promise<void> {
  const readCredentials = credentialsFrom(config.secretId, readSecret);
  const secret = await seen.look('secret', async () => {
    await readCredentials(deadline, true);
    return { says: `${config.secretId} has a client id and a client secret`, value: true };
  });
  if (secret === null) return seen.leave('needs secret', ...orgChecks.slice(1));

  const session = new Session(config.oauthUri, readCredentials);
  const bounds = { runtime, log, deadline, attemptTimeoutMs, maxRetries: 1 };
  const login = await seen.look('login', async () => {
    const { instanceUrl } = await session.token(bounds);
    return { says: `the org is ${new URL(instanceUrl).host}`, value: true };
  });
  if (login === null) return seen.leave('needs login', ...orgChecks.slice(2));

  const usage = new ApiUsage();
  const parts = { config: bounds, runtime, log, session, usage };
  const client = new Client({ ...parts, versionWarning: new VersionWarning() }, bounds);
  const version = await seen.look('API version', () => examineVersion(client, config));
  if (version === null) return seen.leave('needs API version', ...orgChecks.slice(3));
  await examineObject(seen, client, config);
  await examineLimits(seen, client, { config, usage });
}

const allowed = { createable: true, updateable: true, deletable: true };

async function examineObject(seen: Examination, client: Client, config: Config): Promise<void> {
  const object = await seen.look('object', async () => {
    const value = await describe(client, config);
    checkObject(value, { ...config, externalIdField: null });
    return { says: `the run-as user may ${config.operation} ${value.name}`, value };
  });
  if (object === null) return seen.leave('needs object', 'external id', 'fields');
  const { externalIdField } = config;
  if (externalIdField === null) seen.leave(`${config.operation} needs none`, 'external id');
  else {
    await seen.look('external id', async () => {
      checkObject({ ...object, ...allowed }, config);
      return { says: `${externalIdField} tells rows apart`, value: true };
    });
  }
  await examineFields(seen, object, config);
}

/** Of the fields that records have nobody knows before they come; those of FIELD_MAP are known. */
async function examineFields(
  seen: Examination,
  object: ObjectDescription,
  { fieldMap, operation, keyField, recordIdField }: Config,
): Promise<void> {
  const targets = new Set([...fieldMap.values()].filter((name) => name !== null));
  if (targets.size === 0) return seen.leave('no FIELD_MAP: records name the fields', 'fields');
  for (const name of targets) {
    await seen.look(`field ${name}`, async () => {
      // Whether a lookup's parent has the field, the flush finds out.
      const checked = { object, operation, keyField, recordIdField, parents: new Map() };
      const column = checkColumn(name, checked);
      if ('name' in column) return { says: 'can be written', value: true };
      const remedy = `Give the run-as user the field, or mend FIELD_MAP; docs/ERRORS.md#${column.code.toLowerCase()}`;
      throw new Bad(`${column.code}: ${column.reason}.`, remedy);
    });
  }
}
