/** Imports, updates, upserts and deletes contacts with the Salesforce CLI, in the org at SALESFORCE_URI. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { printRows, type Row, type Rows } from '../print-rows.ts';
import { connectCli } from './cli.ts';

const cli = await connectCli();

/** `data import bulk` and `data update bulk` return the id of their job. */
async function load(operation: 'import' | 'update', csv: string): Promise<Rows> {
  const { result, actions } = await cli.run(`data ${operation} bulk`, await flags(csv));
  const { jobId } = (result ?? { jobId: namedIn(actions) }) as { jobId: string };
  const files = (await cli.run('data bulk results', { 'job-id': jobId })).result as Row;
  return {
    successfulResults: await rowsOf(files['successFilePath']),
    failedResults: await rowsOf(files['failedFilePath']),
    unprocessedRecords: await rowsOf(files['unprocessedFilePath']),
  };
}

/** The job in the advice of a command whose rows or job failed. */
function namedIn(actions: readonly string[] = []): string | undefined {
  return /\b750\w{15}\b/.exec(actions.join())?.[0];
}

/** `data upsert bulk` and `data delete bulk` return the rows themselves. */
async function loadWithRows(operation: 'upsert' | 'delete', csv: string): Promise<Rows> {
  const key = operation === 'upsert' ? { 'external-id': 'ExternalId__c' } : {};
  const { result } = await cli.run(`data ${operation} bulk`, { ...(await flags(csv)), ...key });
  return (result as { records: Rows }).records;
}

async function flags(csv: string): Promise<Row> {
  const file = join(cli.folder, 'rows.csv');
  await writeFile(file, csv);
  return { file, sobject: 'Contact', wait: '1' };
}

async function rowsOf(file: string | undefined): Promise<Row[]> {
  if (file === undefined) return [];
  return parse(await readFile(join(cli.folder, file), 'utf8'), { columns: true });
}

const people = 'LastName,Birthdate,ExternalId__c\nAda,1815-12-10,sf-1\n,1816-01-01,sf-2\n';
const [ada = ''] = printRows('insert', await load('import', people));
printRows('update', await load('update', `Id,LastName\n${ada},Ada King\n`));
const changes = 'LastName,ExternalId__c\nAda Lovelace,sf-1\nCyd,sf-3\n';
const upserted = printRows('upsert', await loadWithRows('upsert', changes));
if (!upserted.includes(ada)) throw new Error('The upsert did not find what the import had made');
printRows('delete', await loadWithRows('delete', `Id\n${upserted.join('\n')}\n`));
printRows('insert', await load('import', 'LastName\nDee\nEve\n'));
await rm(cli.folder, { recursive: true });
