import { builtFunction } from '../../../local/lambda-runtime/built-function.ts';
import type { FunctionSettings } from '../../../local/lambda-runtime/function-settings.ts';
import { type Services, secretId } from '../../support/services.ts';
import { oldSink, oldVersion } from './old-build.ts';

/** The built sink of version 0.1.0; null where it cannot be built. */
export const old = await oldSink();

/** Why there is none; null where there is. */
export const noOld = old === null ? `the history of git lacks ${oldVersion}` : null;

/** Version 0.1.0, or what is built now. */
export type Version = 'old' | 'new';

const operations = {
  insert: { SALESFORCE_OPERATION: 'insert' },
  upsert: { SALESFORCE_OPERATION: 'upsert', SALESFORCE_EXTERNAL_ID_FIELD: 'ExternalId__c' },
};

/** An operation of a sink. */
export type Operation = keyof typeof operations;

/** The settings of a sink of contacts, in either version. */
export function sinkSettings(
  { proxies, queue, table }: Services,
  version: Version,
  operation: Operation,
): FunctionSettings {
  const settings = builtFunction({
    ...{ module: 'sink', functionName: `sink-${operation}`, timeoutMs: 60_000 },
    environment: {
      ...operations[operation],
      ...{ SALESFORCE_OBJECT: 'Contact', SALESFORCE_URI: proxies.salesforce.url },
      ...{ SALESFORCE_SECRET_ID: secretId, ERRORS_TOLERANCE: 'all' },
      ...{ LEDGER_TABLE: table.tableName, AWS_ENDPOINT_URL_DYNAMODB: proxies.ledger.url },
      ERRANT_QUEUE_URL: queue.queueUrl.replace(queue.url, proxies.queue.url),
      AWS_ENDPOINT_URL_SQS: proxies.queue.url,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: proxies.secrets.url,
    },
  });
  return version === 'old' ? { ...settings, modulePath: String(old) } : settings;
}
