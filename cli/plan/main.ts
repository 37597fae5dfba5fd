// Estimates the flushes and the cost of a sink: npm run plan -- --rate 500 --bytes 400
import { indented, textRows } from '../../local/terminal/table.ts';
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
  const planned = plan(load);
  const { lambda, dynamo, sqs } = planned.cost;
  const rows = [
    ['window', `${load.window} s, at most ${whole(load.batchSize)} records or 6 MB`],
    ['a flush', `${whole(planned.recordsPerFlush)} records, closed by ${planned.closedBy}`],
    ['flushes', `one every ${whole(planned.interval)} s, ${whole(planned.flushesPerDay)} a day`],
    [
      'latency',
      planned.capacity < load.rate
        ? 'unbounded: the sink cannot keep up'
        : `up to ${whole(planned.latency)} s from topic to Salesforce`,
    ],
    ['API calls', `${planned.callsPerFlush} a flush, ${whole(planned.apiCallsPerDay)} a day`],
    ['bulk batches', `${whole(planned.batchesPerDay)} a day`],
    ['Lambda', dollars(lambda)],
    ['DynamoDB', load.ledger ? dollars(dynamo) : 'no ledger'],
    ['SQS', dollars(sqs)],
    ['total', `${dollars(lambda + dynamo + sqs)}, list prices in us-east-1`],
  ];
  for (const line of textRows(rows)) console.log(indented(line));
  console.log('');
  const marks = { fine: '✓', close: '!', over: '✗' } as const;
  for (const { level, text, remedy } of findings(load, planned)) {
    console.log(`${marks[level]} ${text}${remedy === null ? '' : `\n    ${remedy}`}`);
  }
}

function dollars(amount: number): string {
  return `$${amount.toFixed(2)} a month`;
}
