/** Reads records, their description and the limits with the Salesforce CLI, from the org at SALESFORCE_URI. */
import { rm } from 'node:fs/promises';
import { print } from '../print-rows.ts';
import { connectCli } from './cli.ts';

const cli = await connectCli();
const soql =
  "SELECT LastName, Account.Name FROM Contact WHERE LastName IN ('Ada', 'Bob') AND Account.Name = 'Acme' ORDER BY LastName DESC LIMIT 5";

const [query, text, record, limits, description] = await Promise.all([
  cli.run('data query', { query: soql }),
  cli.text('data query', { query: soql, 'result-format': 'csv' }),
  cli.run('data get record', { sobject: 'Contact', where: 'LastName=Ada' }),
  cli.run('org list limits'),
  cli.run('sobject describe', { sobject: 'Contact' }),
]);
const found = query.result as { records: { LastName: string; Account: { Name: string } }[] };
for (const { LastName, Account } of found.records) {
  print(`query: ${LastName} of ${Account.Name}`);
}
print(text.trim());
print(`get record: ${(record.result as { LastName: string }).LastName}`);
for (const { name, max } of limits.result as { name: string; max: number }[]) {
  if (name === 'DailyApiRequests') print(`limits: ${name} ${max}`);
}
print(`describe: ${(description.result as { name: string }).name}`);
await rm(cli.folder, { recursive: true });
