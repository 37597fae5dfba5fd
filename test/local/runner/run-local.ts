import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { bareEnvironment } from '../../support/environment.ts';

/** The path of the command that `npm run local` runs. */
export const mainPath = fileURLToPath(new URL('../../../local/runner/main.ts', import.meta.url));

/** Resolves with the exit status of a command and what it wrote. */
export async function outputOf(child: ChildProcess) {
  const written = { out: '', error: '' };
  child.stdout?.on('data', (chunk: Buffer) => (written.out += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (written.error += chunk.toString()));
  const [status] = await once(child, 'close');
  return { status, ...written };
}

/** Runs the command to its end. */
export function runLocal(args: readonly string[], environment: Record<string, string> = {}) {
  const env = { ...bareEnvironment, ...environment };
  return outputOf(spawn(process.execPath, [mainPath, ...args], { env }));
}
