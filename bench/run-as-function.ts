import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { nodeOptions } from '../infra/stack/node-options.ts';

/** The memory of a function in the stack by default, in MB. */
const memory = 512;

/**
 * Runs a measurement again, in a process with the NODE_OPTIONS of the function, and ends with it: they
 * bound the young generation of the heap, which decides how often it is collected. Returns at once in
 * that process.
 */
export function runAsFunction(script: string): void {
  const options = nodeOptions(memory);
  if (process.env['NODE_OPTIONS'] === options) return;
  const args = ['--no-warnings', fileURLToPath(script), ...process.argv.slice(2)];
  const env = { ...process.env, NODE_OPTIONS: options };
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit', env });
  process.exit(status ?? 1);
}
