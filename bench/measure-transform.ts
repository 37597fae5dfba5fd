// Measures the CPU that TRANSFORM takes for 10,000 contacts: `node bench/measure-transform.ts`;
// prints JSON.
import { createDecode } from '../src/decode/decode.ts';
import { readEvent } from '../src/kafka/records.ts';
import { loadTransform } from '../src/mapping/transform.ts';
import { withTransform } from '../src/mapping/transform-records.ts';
import { Deadline, systemClock } from '../src/runtime/deadline.ts';
import { cpuMs, median } from './cpu.ts';
import { formats, schemas } from './formats.ts';
import { contactEvent } from './records.ts';

const expression = `{
  "LastName": $uppercase(value.LastName),
  "Email": value.Email,
  "Title": value.Title & ", " & value.Department,
  "Score__c": value.Score__c,
  "ExternalId__c": topic & "-" & value.ExternalId__c
}`;

const { records } = readEvent(contactEvent(10_000, formats.JSON.write));
const deadline = new Deadline(systemClock, Number.POSITIVE_INFINITY);
const decode = createDecode('auto', schemas);
const unavailableValue = '__debezium_unavailable_value';
const sink = { operation: 'upsert', tombstones: 'errant', unavailableValue } as const;
const transform = withTransform(decode, await loadTransform(expression), sink);

const costs: number[] = [];
for (let round = 0; round < 9; round++) {
  const plain = await cpuMs(() => decode(records, deadline));
  costs.push((await cpuMs(() => transform(records, deadline))) - plain);
}
console.log(JSON.stringify({ cpuMs: median(costs) }));
