// Measures a whole flush of 10,000 contacts with Salesforce and DynamoDB that answer at once, in turns with
// the floor: `node bench/measure-flush.ts upsert`; prints JSON.
import { floor } from './conversion.ts';
import { cpuMs, median } from './cpu.ts';
import { formats } from './formats.ts';
import { instantSalesforce } from './instant-salesforce.ts';
import { instantSink, upsert } from './instant-sink.ts';
import { contactEvent } from './records.ts';

const { read, write } = formats.JSON;
const event = contactEvent(10_000, write);
const invoke = instantSink(process.argv[2] === 'upsert' ? upsert : {}, instantSalesforce(10_000));

const [ours, least]: [number[], number[]] = [[], []];
for (let round = 0; round < 20; round++) {
  least.push(await cpuMs(() => floor(event, read)));
  ours.push(await cpuMs(() => invoke(event, 840_000)));
}
console.log(JSON.stringify({ medianMs: median(ours), floorMs: median(least) }));
