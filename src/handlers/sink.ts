import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { readConfig } from '../config/config.ts';
import { createDecodeFromConfig } from '../decode/create-from-config.ts';
import {
  createMeter,
  errantQueueOf,
  ledgerOf,
  secretsManager,
} from '../invocation/aws-services.ts';
import { createInvoke } from '../invocation/invoke.ts';
import { clusterOf, isReplay } from '../kafka/cluster.ts';
import type { KafkaEvent } from '../kafka/event.ts';
import { withTransformFromConfig } from '../mapping/transform-records.ts';
import { systemRuntime } from '../runtime/runtime.ts';
import { Salesforce } from '../salesforce/container.ts';
import { credentialsFrom } from '../salesforce/session/credentials.ts';

const config = readConfig();
const runtime = systemRuntime();
const log = new Logger({ serviceName: 'msk-salesforce-sink' });
const readSecret = secretsManager();
const salesforce = new Salesforce({ config, runtime, log, readSecret });
const readCredentials = credentialsFrom(config.secretId, readSecret);
const decodeRecords = createDecodeFromConfig(config, runtime, async (deadline, fresh) => {
  const { schemaRegistry } = await readCredentials(deadline, fresh);
  return schemaRegistry;
});
const decode = await withTransformFromConfig(decodeRecords, config);
const [ledger, reporter] = await Promise.all([ledgerOf(config, runtime), errantQueueOf(config)]);
const meter = createMeter(config);
const invoke = createInvoke({ config, runtime, log, decode, salesforce, ledger, reporter, meter });

/**
 * The sink function: each event of a Kafka event source mapping is one flush. Returns when the
 * offsets may be committed, with a reply that means success in either response mode; throws when
 * Kafka must redeliver the records. A replay (sent by `npm run replay` only) also gets the counts.
 * Fails at init with `CONFIG_INVALID` when the environment is wrong.
 */
export const handler = middy({ timeoutEarlyInMillis: 0 })
  .use(injectLambdaContext(log, { resetKeys: true, logEvent: false }))
  .handler(async (event: unknown, context: Context) => {
    const counts = await invoke(event, context.getRemainingTimeInMillis());
    const reply = { batchItemFailures: [] };
    return isReplay(clusterOf(event as KafkaEvent)) ? { ...reply, ...counts } : reply;
  });
