// Measures the import of a built function in a fresh process, in milliseconds of CPU:
// `node bench/measure-import.ts dist/sink.mjs`; prints JSON.
import { pathToFileURL } from 'node:url';

const path = pathToFileURL(process.argv[2] ?? 'dist/sink.mjs').href;
const begin = process.cpuUsage();
await import(path);
const { user, system } = process.cpuUsage(begin);
console.log(JSON.stringify({ importMs: (user + system) / 1000 }));
process.exit(0);
