// Reckons how often a sink flushes and what that costs: npm run plan -- --rate 500 --bytes 400
import { findings, whole } from './findings.ts';
import { readLoad, usage } from './options.ts';
import { type Load, plan } from './plan.ts';

try {
  const load = readLoad(process.argv.slice(2));
  if (load === null) console.log(usage);
  else print(load);
} catch (error) {
  console.error(`${error instanceof Error ? error.message : error}\n\n${usage}`);
  process.exitCode = 1;
}

function print(load: Load): void {
  const reckoned = plan(load);
  const { lambda, dynamo, sqs } = reckoned.cost;
  const rows = [
    ['window', `${load.window} s, at most ${whole(load.batchSize)} records or 6 MB`],
    ['a flush', `${whole(reckoned.recordsPerFlush)} records, closed by ${reckoned.closedBy}`],
    ['flushes', `one every ${whole(reckoned.interval)} s, ${whole(reckoned.flushesPerDay)} a day`],
    [
      'latency',
      reckoned.capacity < load.rate
        ? 'grows without end: the sink does not keep up'
        : `up to ${whole(reckoned.latency)} s from topic to Salesforce`,
    ],
    ['API calls', `${reckoned.callsPerFlush} a flush, ${whole(reckoned.apiCallsPerDay)} a day`],
    ['bulk batches', `${whole(reckoned.batchesPerDay)} a day`],
    ['Lambda', dollars(lambda)],
    ['DynamoDB', load.ledger ? dollars(dynamo) : 'no ledger'],
    ['SQS', dollars(sqs)],
    ['together', `${dollars(lambda + dynamo + sqs)}, list prices in us-east-1`],
  ];
  for (const [name = '', value = ''] of rows) console.log(`  ${name.padEnd(14)}${value}`);
  console.log('');
  const marks = { fine: '✓', close: '!', over: '✗' } as const;
  for (const { level, text, remedy } of findings(load, reckoned)) {
    console.log(`${marks[level]} ${text}${remedy === null ? '' : `\n    ${remedy}`}`);
  }
}

function dollars(amount: number): string {
  return `$${amount.toFixed(2)} a month`;
}
