import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../infra/template.ts';
import { bareEnvironment } from '../../support/environment.ts';
import { type RunningProcess, runningProcesses } from '../../support/processes.ts';
import { mainPath, outputOf } from '../runner/run-local.ts';

const demoPath = join(root, 'local/demo/demo.ts');

/** Runs a command into `head -2`, in a shell; its status is written to stderr. */
const intoHead = (command: string) =>
  outputOf(
    spawn('sh', ['-c', `{ ${command}; echo "status $?" >&2; } | head -2`], {
      cwd: root,
      env: { ...bareEnvironment, SALESFORCE_EXTERNAL_ID_FIELD: 'ExternalId__c' },
    }),
  );

const file = '--file local/topics/contact.jsonl --operation upsert';

test.each([
  ['npm run demo', `'${process.execPath}' '${demoPath}'`],
  ['npm run local', `'${process.execPath}' '${mainPath}' ${file}`],
])('%s stops as after Ctrl-C when its output is closed', async (_, command) => {
  const { out, error } = await intoHead(command);
  expect(out.split('\n')).toHaveLength(3);
  expect(error).toBe('status 130\n');
});

test('a demo whose output is closed leaves no function behind', async () => {
  const demo = spawn(process.execPath, [demoPath], { env: bareEnvironment });
  let functions: RunningProcess[] = [];
  let written = '';
  demo.stdout.on('data', (chunk: Buffer) => {
    written += chunk.toString();
    if (!written.includes('poll 1 in') || functions.length > 0) return;
    functions = runningProcesses().filter(({ parent }) => parent === demo.pid);
    demo.stdout.destroy();
  });
  const { status, error } = await outputOf(demo);
  expect({ status, error, count: functions.length }).toEqual({ status: 130, error: '', count: 1 });
  const pids = new Set(functions.map(({ pid }) => pid));
  expect(runningProcesses().filter(({ pid }) => pids.has(pid))).toEqual([]);
});
