import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { oslsLine } from '../../infra/command-line.ts';
import { secretName } from '../../infra/secret/name.ts';
import { fileWith, read, stageWith } from './given.ts';
import { osls, root } from './template.ts';

// osls is a whole program, and takes its time on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sinks-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function sinksFile(source: string): Promise<string> {
  const path = join(folder, 'sinks.yml');
  await writeFile(path, source);
  return path;
}

describe('a command line', () => {
  test('is handed on as it is', () => {
    const line = ['package', '--stage', 'example', '--verbose'];
    expect(oslsLine(line)).toEqual(line);
  });

  test.each([
    [
      ['deploy', 'prod'],
      'takes no argument "prod". If it is a stage, run:\n  npm run deploy -- --stage prod',
    ],
    [['deploy', 'function', '--function', 'contacts'], 'takes no argument "function"'],
    [['deploy', '--stag', 'prod'], 'has no option --stag; did you mean --stage?'],
    [['deploy', '--config', 'other.yml'], 'has no option --config; it takes --stage, '],
    [['secret', '--function', 'contacts'], 'has no option --function'],
    [['deploy', '--stage'], '--stage needs a value'],
    [['deploy', '--stage='], '--stage needs a value'],
    [['deploy', '--stage', 'a_b'], '--stage takes letters, digits and hyphens; it is "a_b"'],
    [['deploy', '--stage', 'example', '-s', 'dev'], '-s is given twice'],
    [['deploy', '--force=no'], '--force takes no value'],
    [
      ['package', '--stage', 'example', '--region', 'eu-west-1'],
      '--region is eu-west-1, but the stage example is in us-east-1: leave out --region, or change region in infra/sinks/example.yml',
    ],
    [['deploy', '--stage', 'example', '--package', 'nowhere'], 'nowhere is not a package'],
    [
      ['deploy', '--param', 'sinks=a.yml', '--param=sinks=b.yml'],
      '--param sinks= is given twice; give it once',
    ],
    [['secret', '--param', 'sink=contacts'], '--param takes sinks=FILE alone, not sink'],
    [['package', '--param', 'stage'], '--param takes sinks=FILE alone, not stage'],
    [['package', '--param', 'sinks='], '--param sinks= needs a file'],
    [['info'], 'There is no command info'],
  ])('%j is not understood, and nothing is done', (line, message) => {
    expect(() => oslsLine(line)).toThrow(message);
  });

  test('may name the region of the stage', () => {
    const line = ['package', '--stage', 'example', '-r', 'us-east-1'];
    expect(oslsLine(line)).toEqual(line);
  });

  test('deploys no package of another stage or region', async () => {
    const state = (provider: object) =>
      writeFile(join(folder, 'serverless-state.json'), JSON.stringify({ service: { provider } }));
    const line = ['deploy', '--stage', 'example', '--package', folder];
    await state({ stage: 'dev', region: 'us-east-1' });
    expect(() => oslsLine(line)).toThrow('is a package of the stage dev in us-east-1');
    await state({ stage: 'example', region: 'eu-west-1' });
    expect(() => oslsLine(line)).toThrow(
      'of the stage example in eu-west-1, not of example in us-',
    );
    await state({ stage: 'example', region: 'us-east-1' });
    expect(oslsLine(line)).toEqual(line);
  });

  test.each([
    [
      ['package', '--stage', 'staging'],
      'There is no infra/sinks/staging.yml; copy one of: dev, example',
    ],
  ])('%j is refused with what it takes', (line, message) => {
    expect(() => oslsLine(line)).toThrow(message);
  });

  test('takes the sinks from where a parameter says', async () => {
    const path = await sinksFile(fileWith({ batchSize: 0 }));
    const line = ['package', '--param', `sinks=${path}`];
    expect(() => oslsLine(line)).toThrow(path);
  });
});

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
  expect(await osls('deploy')).toEqual({
    exitCode: 1,
    output: expect.stringMatching(
      /^infra\/sinks\/dev\.yml still has placeholders; nothing was deployed\. Fill in:\n {2}- line \d+: salesforceUri: https:\/\/PLACEHOLDER\S+\n {2}- line \d+: clusterArn: \S+\n$/,
    ),
  });
});

describe('the Salesforce secret', () => {
  const two = read(
    `${fileWith({})}  orders: { topic: orders, object: Order__c, salesforceUri: https://b.my.salesforce.com, salesforceSecret: b, kafka: { kind: msk, clusterArn: 'arn:aws:kafka:us-east-1:111122223333:cluster/a/b' } }\n`,
  ).stage;

  test('is that of the stage', () => {
    expect(secretName(stageWith({}), null)).toBe('msk-salesforce-sink/test/salesforce');
    expect(secretName(stageWith({ salesforceSecret: 'own' }), null)).toBe('own');
  });

  test('is that of the named sink where they have several', () => {
    expect(secretName(two!, 'orders')).toBe('b');
    expect(() => secretName(two!, null)).toThrow('Choose a sink: --sink takes contacts, orders');
    expect(() => secretName(two!, 'leads')).toThrow('There is no sink leads');
  });
});
