// Runs osls, the tool behind package, deploy, logs and secret: `node infra/osls.ts <command> …`.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const stages = join(root, 'infra/stages');

/** The stage that a command line names, `dev` when it names none, as osls has it. */
function stageOf(line: readonly string[]): string {
  const joined = line.find((argument) => argument.startsWith('--stage='));
  const at = line.findIndex((argument) => argument === '--stage' || argument === '-s');
  return joined?.slice('--stage='.length) ?? line[at === -1 ? line.length : at + 1] ?? 'dev';
}

const line = process.argv.slice(2);
const stage = stageOf(line);
if (existsSync(join(stages, `${stage}.yml`))) {
  const osls = createRequire(import.meta.url).resolve('osls/bin/serverless.js');
  const child = spawn(process.execPath, [osls, ...line], {
    cwd: root,
    stdio: 'inherit',
    // osls keeps a compiled schema; a home directory is no place for that.
    env: { ...process.env, SLS_SCHEMA_CACHE_BASE_DIR: join(root, 'node_modules/.cache') },
  });
  child.once('exit', (code) => {
    process.exitCode = code ?? 1;
  });
} else {
  const known = readdirSync(stages).map((file) => file.replace(/\.yml$/, ''));
  console.error(`There is no infra/stages/${stage}.yml; copy one of: ${known.join(', ')}`);
  process.exitCode = 1;
}
