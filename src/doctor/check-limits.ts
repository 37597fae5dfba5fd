import * as z from 'zod/mini';
import type { Config } from '../config/config.ts';
import { SinkError } from '../errors.ts';
import type { ApiUsage } from '../salesforce/api-usage.ts';
import type { Client } from '../salesforce/session/client.ts';
import { CheckFailed, CheckSkipped, type Checks, type Passed } from './checks.ts';
import { readJson } from './read-json.ts';

const allocation = z.object({ Max: z.number(), Remaining: z.number() });
const limits = z.object({ DailyApiRequests: allocation, DailyBulkApiBatches: allocation });

const number = new Intl.NumberFormat('en');

const left = ({ Max, Remaining }: z.output<typeof allocation>): string =>
  `${number.format(Remaining)} of ${number.format(Max)}`;

/**
 * Checks what is left of the org's daily limits. A run-as user without the permission "View Setup and
 * Configuration" may not read them, which is not a failure. Source: REST API developer guide, "Limits".
 */
export async function checkLimits(
  checks: Checks,
  client: Client,
  { config, usage }: { readonly config: Config; readonly usage: ApiUsage },
): Promise<void> {
  await checks.run('limits', async () => {
    const path = `/services/data/${config.apiVersion}/limits`;
    const found = await readJson(client, path, limits).catch((error: unknown) => {
      throw error instanceof SinkError && error.status === 403 ? unreadable(usage) : error;
    });
    return limitsOf(found, config);
  });
}

function unreadable({ share }: ApiUsage): CheckSkipped {
  const used = share === null ? '' : `; ${Math.round(share * 100)} % of the API calls are used`;
  return new CheckSkipped(`the run-as user may not read them${used}`);
}

function limitsOf(
  { DailyApiRequests: calls, DailyBulkApiBatches: batches }: z.output<typeof limits>,
  { apiUsageCeiling }: Config,
): Passed<boolean> {
  const detail = `${left(batches)} bulk batches and ${left(calls)} API calls of the day are left`;
  const used = 1 - calls.Remaining / calls.Max;
  if (batches.Remaining > 0 && used <= apiUsageCeiling) return { detail, value: true };
  throw new CheckFailed(
    `Only ${detail}.`,
    'Wait until the limits reset, or make fewer and larger flushes: docs/OPERATIONS.md#api-usage',
  );
}
