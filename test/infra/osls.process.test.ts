import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { bareEnvironment } from '../support/environment.ts';
import { runningProcesses } from '../support/processes.ts';
import { root } from './template.ts';

const running = () =>
  runningProcesses().filter(({ command }) => command.includes('osls/bin/serverless.js'));

test.each([
  ['SIGTERM', 143],
  ['SIGINT', 130],
] as const)('%s ends osls too, and the status says so', async (signal, expected) => {
  const folder = mkdtempSync(join(tmpdir(), 'osls-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const line = ['package', '--stage', 'example', '--package', folder];
  const command = spawn(process.execPath, [join(root, 'infra/osls.ts'), ...line], {
    env: bareEnvironment,
    stdio: 'ignore',
  });
  const ended = once(command, 'exit');
  const started = () => running().find(({ parent }) => parent === command.pid)?.pid;
  await expect.poll(started, { timeout: 30_000 }).toBeDefined();
  const osls = started();
  const left = () => running().filter(({ pid }) => pid === osls);
  onTestFinished(() => {
    for (const { pid } of left()) process.kill(pid, 'SIGKILL');
  });
  command.kill(signal);

  const status = await ended;
  expect({ status, left: left() }).toEqual({ status: [expected, null], left: [] });
});
