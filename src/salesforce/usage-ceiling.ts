import { SinkError } from '../errors.ts';
import type { ApiUsage } from './api-usage.ts';
import type { JobContext } from './job/job-context.ts';
import type { Client } from './session/client.ts';

/** The longest wait before a flush is refused, in milliseconds. */
const longestWaitMs = 60_000;

/** Requests the org's limits for the usage header of the reply, which a refusal carries too. */
async function refreshApiUsage(
  client: Client,
  { apiVersion }: { readonly apiVersion: string },
): Promise<void> {
  const path = `/services/data/${apiVersion}/limits`;
  try {
    await client.call({ method: 'GET', path, repeat: 'never' }, () => undefined);
  } catch (error) {
    if (!(error instanceof SinkError)) throw error;
  }
}

/**
 * Makes sure that the flush leaves enough API calls to others. Above `API_USAGE_CEILING`, and while
 * the usage is unknown, it asks the org. If the usage is still above, it waits (half of the time
 * left, 60 s at most, so that redeliveries do not use up more) and throws `API_USAGE_TOO_HIGH`.
 */
export async function enforceUsageCeiling(
  { config, runtime, time }: Pick<JobContext, 'config' | 'runtime' | 'time'>,
  client: Client,
  usage: ApiUsage,
): Promise<void> {
  const isTooHigh = () => (usage.share ?? 0) > config.apiUsageCeiling;
  if (usage.share !== null && !isTooHigh()) return;
  await refreshApiUsage(client, config);
  if (!isTooHigh()) return;
  await runtime.clock.sleep(Math.round(Math.min(longestWaitMs, time.calls.left() / 2)));
  const percent = Math.floor((usage.share ?? 0) * 100);
  throw new SinkError(
    'API_USAGE_TOO_HIGH',
    `The org has used ${percent} % of its daily API calls, and API_USAGE_CEILING is ${config.apiUsageCeiling}. The records wait in Kafka until there are more again.`,
  );
}
