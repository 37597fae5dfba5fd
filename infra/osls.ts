// Runs osls, which implements package, deploy and secret: `node infra/osls.ts <command> …`. Signals are
// handed on to it; the exit status is that of osls, or 128 and the number of the signal that ended it.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { join } from 'node:path';
import { oslsLine } from './command-line.ts';
import { CommandLineError } from './npm-options.ts';
import { root, SinksFileError } from './serverless-file.ts';

try {
  const line = oslsLine(process.argv.slice(2));
  if ('help' in line) console.log(line.help);
  else run(line);
} catch (error) {
  const isForUser = error instanceof SinksFileError || error instanceof CommandLineError;
  if (!isForUser) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

function run(line: readonly string[]): void {
  const osls = createRequire(import.meta.url).resolve('osls/bin/serverless.js');
  const child = spawn(process.execPath, [osls, ...line], {
    cwd: root,
    stdio: 'inherit',
    // osls caches a compiled schema, by default in the home directory.
    env: { ...process.env, SLS_SCHEMA_CACHE_BASE_DIR: join(root, 'node_modules/.cache') },
  });
  // Else osls would go on without this process, which a signal ends.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  child.once('exit', (code, signal) => {
    process.exitCode = code ?? 128 + constants.signals[signal ?? 'SIGTERM'];
  });
}
