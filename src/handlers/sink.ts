import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { errantQueueOf, ledgerOf, secretsManager } from '../aws-services.ts';
import { readConfig } from '../config.ts';
import { realEdges } from '../edges.ts';
import { createFlush } from '../flush.ts';
import { Salesforce } from '../salesforce/salesforce.ts';

const config = readConfig();
const edges = realEdges();
const log = new Logger({ serviceName: 'msk-salesforce-sink' });
const salesforce = new Salesforce({ config, edges, log, readSecret: secretsManager() });
const ledger = ledgerOf(config, edges);
const reporter = errantQueueOf(config);
const flush = createFlush({ config, edges, log, salesforce, ledger, reporter });

/**
 * The Lambda function: one event of a Kafka event source mapping is one flush. Returns when the
 * records may be committed, with the reply that says so in either response mode; throws when Kafka
 * must send them again. Fails at init with `CONFIG_INVALID` when the environment is wrong.
 */
export const handler = middy({ timeoutEarlyInMillis: 0 })
  .use(injectLambdaContext(log, { resetKeys: true, logEvent: false }))
  .handler(async (event: unknown, context: Context) => {
    await flush(event, context.getRemainingTimeInMillis());
    return { batchItemFailures: [] };
  });
