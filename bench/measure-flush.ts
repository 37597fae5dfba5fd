// Measures a whole flush of 10,000 contacts with Salesforce and DynamoDB that answer at once, in turns with
// the floor, in a process with the NODE_OPTIONS of the function: `node bench/measure-flush.ts upsert`;
// prints JSON.
import { floor } from './conversion.ts';
import { cpuInTurns } from './cpu.ts';
import { formats } from './formats.ts';
import { instantSalesforce } from './instant-salesforce.ts';
import { instantSink, upsert } from './instant-sink.ts';
import { contactEvent } from './records.ts';
import { runAsFunction } from './run-as-function.ts';

runAsFunction(import.meta.url);

const { read, write } = formats.JSON;
const event = contactEvent(10_000, write);
const invoke = instantSink(process.argv[2] === 'upsert' ? upsert : {}, instantSalesforce(10_000));

const { least, ours } = await cpuInTurns(
  { least: () => floor(event, read), ours: () => invoke(event, 840_000) },
  { rounds: 50, warmUps: 10 },
);
console.log(JSON.stringify({ cpuMs: ours, floorMs: least }));
