import { Metrics } from '@aws-lambda-powertools/metrics';
import { SecretsProvider } from '@aws-lambda-powertools/parameters/secrets';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Config } from '../config/config.ts';
import { ErrantQueue } from '../errant/queue.ts';
import { type ErrantRecordReporter, logOnly } from '../errant/reporter.ts';
import { type Ledger, noLedger } from '../ledger/ledger.ts';
import { LedgerTable } from '../ledger/table.ts';
import { awsClient } from '../runtime/aws-client.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { ReadSecret } from '../salesforce/session/credentials.ts';
import { type Meter, metricsOf } from './metrics.ts';

/** How long a secret is cached, in seconds; a refused login reads it again at once. */
const keptForSeconds = 3600;

/** Reads secrets from Secrets Manager through Powertools. */
export function secretsManager(): ReadSecret {
  const provider = new SecretsProvider({ awsSdkV3Client: new SecretsManagerClient(awsClient) });
  return async (secretId, fresh) => {
    const secret = await provider.get(secretId, { maxAge: keptForSeconds, forceFetch: fresh });
    return typeof secret === 'string' ? secret : undefined;
  };
}

/**
 * The ledger that the settings name. Its items belong to one function, org, object and operation, so
 * that a sink whose settings change does not reuse state of its former target.
 */
export function ledgerOf(config: Config, { clock }: Pick<Runtime, 'clock'>): Ledger {
  const { ledgerTable: tableName, sink, uri, object, operation } = config;
  if (tableName === null) return noLedger;
  return new LedgerTable({
    client: new DynamoDBClient(awsClient),
    tableName,
    sink: [sink, new URL(uri).host, object, operation].join('|'),
    now: () => clock.now(),
    sleep: (ms) => clock.sleep(ms),
  });
}

/** The errant queue that the settings name. */
export function errantQueueOf({
  errantQueueUrl,
  sink,
  object,
  operation,
}: Config): ErrantRecordReporter {
  if (errantQueueUrl === null) return logOnly;
  const origin = { sink, object, operation };
  return new ErrantQueue({ client: new SQSClient(awsClient), queueUrl: errantQueueUrl, origin });
}

/** Writes metrics into the log in CloudWatch's embedded format; their one dimension is the sink. */
export function createMeter({ sink }: Config): Meter {
  const metrics = new Metrics({ namespace: 'MskSalesforceSink' });
  // Powertools' default dimension is the service name, which is the same for every sink.
  metrics.clearDefaultDimensions();
  metrics.setDefaultDimensions({ sink });
  return (counts) => {
    for (const { name, unit, values } of metricsOf(counts)) {
      for (const value of values) metrics.addMetric(name, unit, value);
    }
    metrics.publishStoredMetrics();
  };
}
