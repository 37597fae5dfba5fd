import { execFile, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Emulator, startEmulator } from 'salesforce-bulk-emulator';
import { afterAll, beforeAll, expect, test } from 'vitest';

const printed = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8').split('```\n')[3];
const goCommand = join(import.meta.dirname, 'go-salesforce');
const python = join(import.meta.dirname, 'simple-salesforce');
// Nothing is downloaded by a test.
const env = { ...process.env, GOPROXY: 'off', GOFLAGS: '-mod=readonly' };

const works = (command: string, args: readonly string[], cwd: string) =>
  spawnSync(command, args, { cwd, env }).status === 0;

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

async function run(command: string, args: readonly string[], cwd: string): Promise<string> {
  const { stdout } = await promisify(execFile)(command, args, {
    cwd,
    env: { ...env, SALESFORCE_URI: emulator.url },
  });
  return stdout;
}

test.runIf(works('go', ['build', '-o', '/dev/null', '.'], goCommand))(
  'go-salesforce inserts, upserts and deletes',
  async () => {
    expect(await run('go', ['run', '.'], goCommand)).toBe(printed);
    expect(emulator.records('Contact')).toEqual([]);
  },
  120_000,
);

test.runIf(works('python3', ['-c', 'import simple_salesforce'], python))(
  'simple-salesforce inserts, upserts and deletes',
  async () => {
    expect(await run('python3', ['ingest.py'], python)).toBe(printed);
    expect(emulator.records('Contact')).toEqual([]);
  },
  120_000,
);
