import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test, vi } from 'vitest';
import { fileWith } from './given.ts';
import { useSinksFolder } from './sinks-folder.ts';
import { osls, root } from './template.ts';

// osls is a whole program, and takes its time on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const { folder, sinksFile } = await useSinksFolder();

test('a wrong sinks file fails before anything is built, and names file, line, sink, key and remedy', async () => {
  const path = await sinksFile(fileWith({ batchSize: 0, retries: 3 }));

  expect(await osls('package', '--param', `sinks=${path}`)).toEqual({
    exitCode: 1,
    output: [
      `${path} is invalid:`,
      '  - line 9: sink contacts, batchSize takes a whole number from 1 to 10000; it is 0',
      '  - line 10: sink contacts, retries needs provisioned pollers; add pollers: { min: 1 }, or remove it',
      '  - line 10: sink contacts, retries would drop records silently; add onFailure, or set -1',
      '',
    ].join('\n'),
  });
});

test('osls called by itself takes no other region either', async () => {
  const bin = join(root, 'node_modules/osls/bin/serverless.js');
  const line = [bin, 'package', '--stage', 'example', '--region', 'eu-west-1'];
  const run = promisify(execFile)(process.execPath, [...line, '--package', folder], { cwd: root });
  await expect(run).rejects.toMatchObject({
    stdout: expect.stringContaining('--region is eu-west-1, but the stage example is in us-east-1'),
  });
});

test('a fresh clone cannot be deployed as it is', async () => {
  expect(await osls('deploy', '--stage', 'dev')).toEqual({
    exitCode: 1,
    output: expect.stringMatching(
      /^infra\/sinks\/dev\.yml still has placeholders; nothing was deployed\. Fill in:\n {2}- line \d+: salesforceUri: https:\/\/PLACEHOLDER\S+\n {2}- line \d+: clusterArn: \S+\n$/,
    ),
  });
});

test.each([
  [[], 'Nothing was removed: name the stage'],
  [['--stage', 'example', '--region', 'eu-west-1'], 'us-east-1'],
])('npx osls remove %j acts on nothing that was not said', async (line, message) => {
  const program = createRequire(import.meta.url).resolve('osls/bin/serverless.js');
  // Nobody answers there, should it go on.
  const env = { ...process.env, AWS_ENDPOINT_URL: 'http://127.0.0.1:1', NO_COLOR: '1' };
  const removal = promisify(execFile)(process.execPath, [program, 'remove', ...line], {
    cwd: root,
    env,
  });
  const { stdout, stderr } = await removal.then(
    () => expect.unreachable(),
    (error: { stdout: string; stderr: string }) => error,
  );
  expect(stdout + stderr).toContain(message);
  expect(stdout + stderr).not.toContain('ECONNREFUSED');
});
