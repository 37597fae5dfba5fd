/** Inserts, updates, upserts and deletes contacts with jsforce, in the org at SALESFORCE_URI. */
import { Connection } from 'jsforce';
import { printRows, type Rows } from '../print-rows.ts';

const loginUrl = process.env['SALESFORCE_URI'] ?? 'http://127.0.0.1:4010';
const clientId = process.env['SALESFORCE_CLIENT_ID'] ?? 'local-client';
const clientSecret = process.env['SALESFORCE_CLIENT_SECRET'] ?? 'local-secret';
const connection = new Connection({
  loginUrl,
  version: '65.0',
  oauth2: { loginUrl, clientId, clientSecret },
});
await connection.authorize({ grant_type: 'client_credentials' });

type Operation = 'insert' | 'update' | 'upsert' | 'delete';

/** Loads rows, prints what became of them, and returns the ids of the successful ones. */
async function load(operation: Operation, input: Record<string, string>[]): Promise<string[]> {
  const key = operation === 'upsert' ? { externalIdFieldName: 'ExternalId__c' } : {};
  const job = connection.bulk2.createJob({ object: 'Contact', operation, ...key });
  await job.open();
  await job.uploadData(input);
  await job.close();
  // A job that failed rejects, and has results nevertheless.
  await job.poll(100, 30_000).catch(() => undefined);
  const rows = {
    successfulResults: await job.getSuccessfulResults(),
    failedResults: await job.getFailedResults(),
    unprocessedRecords: await job.getUnprocessedRecords(),
  };
  return printRows(operation, rows as unknown as Rows);
}

const [ada = ''] = await load('insert', [
  { LastName: 'Ada', Birthdate: '1815-12-10', ExternalId__c: 'js-1' },
  { LastName: '', Birthdate: '1816-01-01', ExternalId__c: 'js-2' },
]);
await load('update', [{ Id: ada, LastName: 'Ada King' }]);
const upserted = await load('upsert', [
  { LastName: 'Ada Lovelace', ExternalId__c: 'js-1' },
  { LastName: 'Cyd', ExternalId__c: 'js-3' },
]);
if (!upserted.includes(ada)) throw new Error('The upsert did not find what the insert had made');
await load(
  'delete',
  upserted.map((Id) => ({ Id })),
);
await load('insert', [{ LastName: 'Dee' }, { LastName: 'Eve' }]);
