// Measures a whole flush of 10,000 contacts with Salesforce and DynamoDB that answer at once, in turns with
// the floor, in a process with the NODE_OPTIONS of the function: `node bench/measure-flush.ts upsert`;
// prints JSON.
import { floor } from './conversion.ts';
import { cpuMs, meanOf } from './cpu.ts';
import { formats } from './formats.ts';
import { instantSalesforce } from './instant-salesforce.ts';
import { instantSink, upsert } from './instant-sink.ts';
import { contactEvent } from './records.ts';
import { runAsFunction } from './run-as-function.ts';

runAsFunction(import.meta.url);

const { read, write } = formats.JSON;
const event = contactEvent(10_000, write);
const invoke = instantSink(process.argv[2] === 'upsert' ? upsert : {}, instantSalesforce(10_000));

const [ours, least]: [number[], number[]] = [[], []];
const [warmUps, rounds] = [10, 50];
for (let round = 0; round < rounds; round++) {
  least.push(await cpuMs(() => floor(event, read)));
  ours.push(await cpuMs(() => invoke(event, 840_000)));
}
console.log(JSON.stringify({ cpuMs: meanOf(ours, warmUps), floorMs: meanOf(least, warmUps) }));
