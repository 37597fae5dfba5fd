import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
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

test('a folder in place of a sinks file is refused in one line', async () => {
  expect(await osls('package', '--param', `sinks=${folder}`)).toEqual({
    exitCode: 1,
    output: `${folder} is a folder: name the sinks file in it\n`,
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

/** Runs osls without the npm script before it. Nobody answers where AWS would, should it go on. */
async function npxOsls(line: readonly string[], variables: Readonly<Record<string, string>> = {}) {
  const program = createRequire(import.meta.url).resolve('osls/bin/serverless.js');
  const env = { ...process.env, ...variables, AWS_ENDPOINT_URL: 'http://127.0.0.1:1' };
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [program, ...line], {
    cwd: root,
    env: { ...env, NO_COLOR: '1' },
  }).then(
    () => expect.unreachable(),
    (error: { stdout: string; stderr: string }) => error,
  );
  return stdout + stderr;
}

const example = ['--stage', 'example'];
const elsewhere = [...example, '--region', 'eu-west-1'];
const otherRegion =
  'Nothing was done: --region is eu-west-1, but the stage example is in us-east-1';

test.each<[string[], Record<string, string>, string]>([
  [['deploy'], {}, 'Nothing was done: name the stage. Run:\n  npx osls deploy --stage STAGE\n'],
  [['secret', '--sink', 'a'], {}, '\n  npx osls secret --sink a --stage STAGE\n'],
  [['remove'], {}, '\n  npx osls remove --stage STAGE\n'],
  [['rollback', '-t', '1'], {}, '\n  npx osls rollback -t 1 --stage STAGE\n'],
  [['package', '--package', folder, ...elsewhere], {}, otherRegion],
  [['remove', ...elsewhere], {}, otherRegion],
  [['info', ...elsewhere], {}, otherRegion],
  [['deploy', ...example], { AWS_EXAMPLE_PROFILE: 'a' }, 'the environment has AWS_EXAMPLE_PROFILE'],
  [
    ['secret', '-s', 'dev'],
    { AWS_DEFAULT_PROFILE: 'a' },
    'the environment has AWS_DEFAULT_PROFILE',
  ],
  [['deploy', '--stage', 'dev'], {}, 'infra/sinks/dev.yml still has placeholders'],
  [['deploy', ...example, '--package', folder], {}, `${folder} is not a package`],
  [
    ['package', '--param', `sinks=${folder}`],
    {},
    `${folder} is a folder: name the sinks file in it`,
  ],
])(
  'npx osls with %j and %j acts on nothing that was not said',
  async (line, variables, message) => {
    const output = await npxOsls(line, variables);
    expect(output).toContain(message);
    expect(output).not.toMatch(/ECONNREFUSED|^ +at /m);
  },
);
