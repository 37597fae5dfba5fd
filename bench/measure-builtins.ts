// Measures what an ESM import of node:http costs in a new process, beside `process.getBuiltinModule`, in
// turns: `node bench/measure-builtins.ts`; prints JSON, milliseconds.
import { execFileSync } from 'node:child_process';
import { median } from './cpu.ts';
import { inTurns } from './in-turns.ts';

const ways = ["await import('node:http')", "process.getBuiltinModule('node:http')"];

async function loadMs(way: string): Promise<number> {
  const script = `const begin = performance.now(); ${way}; console.log(performance.now() - begin);`;
  const args = ['--input-type=module', '--eval', script];
  return Number(execFileSync(process.execPath, args, { encoding: 'utf8' }));
}

const [imported = [], taken = []] = await inTurns(ways, 15, loadMs);
console.log(JSON.stringify({ importMs: median(imported), getBuiltinModuleMs: median(taken) }));
