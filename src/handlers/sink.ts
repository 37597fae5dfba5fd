import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { readConfig } from '../config/config.ts';
import { withInitLog } from '../invocation/init-failure.ts';
import { secretsManager } from '../invocation/secrets-manager.ts';
import { clusterOf, isReplay } from '../kafka/cluster.ts';
import type { KafkaEvent } from '../kafka/event.ts';
import { release } from '../runtime/release.ts';
import { systemRuntime } from '../runtime/runtime.ts';
import { Salesforce } from '../salesforce/salesforce.ts';

const log = new Logger({ serviceName: 'msk-salesforce-sink', persistentKeys: { release } });
const invoke = await withInitLog(log, async () => {
  const config = readConfig();
  const runtime = systemRuntime();
  const readSecret = secretsManager();
  const salesforce = new Salesforce({ config, runtime, log, readSecret });
  // The login is on its way while the rest is loaded.
  const prefetched = salesforce.prefetch();
  const { createInvokeFromConfig } = await import('../invocation/create-from-config.ts');
  const created = await createInvokeFromConfig({ config, runtime, log, salesforce, readSecret });
  await prefetched;
  return created;
});

/**
 * The sink function: each event of a Kafka event source mapping is one flush. Returns when the
 * offsets may be committed, with a reply that means success in either response mode; throws when
 * Kafka must redeliver the records. A replay (sent by `npm run replay` only) also gets the counts.
 * Fails at init with `CONFIG_INVALID` when the environment is wrong, and logs it.
 */
export const handler = middy({ timeoutEarlyInMillis: 0 })
  .use(injectLambdaContext(log, { resetKeys: true, logEvent: false }))
  .handler(async (event: unknown, context: Context) => {
    const counts = await invoke(event, context.getRemainingTimeInMillis());
    const reply = { batchItemFailures: [] };
    return isReplay(clusterOf(event as KafkaEvent)) ? { ...reply, ...counts } : reply;
  });
