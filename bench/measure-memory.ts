// Measures the peak memory of a process that takes one event to CSV, as a container does with its
// first: `node bench/measure-memory.ts 10000`; prints JSON.
import { eventToCsv } from './conversion.ts';
import { formats } from './formats.ts';
import { contactEvent } from './records.ts';

const text = JSON.stringify(contactEvent(Number(process.argv[2]), formats.JSON.write));
const csv = await eventToCsv(JSON.parse(text));
const { maxRSS } = process.resourceUsage();
console.log(JSON.stringify({ csvBytes: csv.length, peakMb: maxRSS / 1024 }));
