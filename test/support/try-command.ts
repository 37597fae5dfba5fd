import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { bareEnvironment } from './environment.ts';

const root = join(import.meta.dirname, '../..');

/** Runs the command as `npm run try` does. */
export function runTry(args: readonly string[], input = '', environment: NodeJS.ProcessEnv = {}) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'cli/try/main.ts'), ...args],
    { cwd: root, input, encoding: 'utf8', env: { ...bareEnvironment, ...environment } },
  );
  return { status, stdout, stderr };
}
