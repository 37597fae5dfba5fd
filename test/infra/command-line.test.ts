import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { oslsLine } from '../../infra/command-line.ts';
import { secretName } from '../../infra/secret/name.ts';
import { fileWith, read, stageWith } from './given.ts';
import { osls } from './template.ts';

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
    expect(secretName(stageWith({}), undefined)).toBe('msk-salesforce-sink/test/salesforce');
    expect(secretName(stageWith({ salesforceSecret: 'own' }), undefined)).toBe('own');
  });

  test('is that of the named sink where they have several', () => {
    expect(secretName(two!, 'orders')).toBe('b');
    expect(() => secretName(two!, undefined)).toThrow(
      'Choose a sink: --sink takes contacts, orders',
    );
    expect(() => secretName(two!, 'leads')).toThrow('There is no sink leads');
  });
});
