import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { oslsLine } from '../../infra/command-line.ts';
import { optionsOf } from '../../infra/osls-commands.ts';
import { chosenSecret } from '../../infra/secret/chosen-secret.ts';
import { fileWith, read, stageWith } from './given.ts';
import { useSinksFolder } from './sinks-folder.ts';

const { folder, sinksFile } = await useSinksFolder();

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
      ['deploy', '-s', 'dev', '--param', 'sinks=a.yml', '--param=sinks=b.yml'],
      '--param sinks= is given twice; give it once',
    ],
    [
      ['secret', '-s', 'dev', '--param', 'sink=contacts'],
      '--param takes sinks=FILE alone, not sink',
    ],
    [['package', '--param', 'stage'], '--param takes sinks=FILE alone, not stage'],
    [['package', '--param', 'sinks='], '--param sinks= needs a file'],
    [['info'], 'There is no command info'],
  ])('%j is not understood, and nothing is done', (line, message) => {
    expect(() => oslsLine(line)).toThrow(message);
  });

  test.each(['AWS_DEFAULT_PROFILE', 'AWS_EXAMPLE_PROFILE', 'AWS_EXAMPLE_ACCESS_KEY_ID'])(
    'refuses %s, which no other command reads',
    (name) => {
      const [deploy, package_] = ['deploy', 'package'].map((one) => [one, '--stage', 'example']);
      expect(() => oslsLine(deploy!, { [name]: 'x' })).toThrow(`the environment has ${name}`);
      expect(oslsLine(deploy!, { [name]: '', AWS_DEV_PROFILE: 'x', AWS_PROFILE: 'x' })).toEqual(
        deploy,
      );
      const chosen = [...deploy!, '--aws-profile', 'crm'];
      expect(oslsLine(chosen, { [name]: 'x' })).toEqual(chosen);
      // Packaging asks nobody.
      expect(oslsLine(package_!, { [name]: 'x' })).toEqual(package_);
    },
  );

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

  test.each(['package', 'deploy', 'secret'] as const)(
    'of %s with --help has the options that it takes, and no others',
    (command) => {
      const { help } = oslsLine([command, '--help']) as { help: string };
      const options = [...help.matchAll(/^ {2}--([\w-]+)/gm)].map(([, option]) => option);
      expect(help).toMatch(new RegExp(`^Usage: npm run ${command} -- `));
      expect(new Set(options)).toEqual(new Set(Object.keys(optionsOf(command))));
      expect(Math.max(...help.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(105);
    },
  );

  test('makes the folder of a package', async () => {
    const made = join(folder, 'a/b');
    onTestFinished(() => rm(join(folder, 'a'), { recursive: true }));
    const line = ['package', '--stage', 'example', '--package', made];
    expect(oslsLine(line)).toEqual(line);
    expect(existsSync(made)).toBe(true);
  });

  test('packages into no file', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    for (const path of [file, join(file, 'below')]) {
      expect(() => oslsLine(['package', '--stage', 'example', '--package', path])).toThrow(
        `Nothing was packaged: ${file} is a file; name another folder with --package`,
      );
    }
  });

  test('packages into no folder that cannot be made', () => {
    const path = join(folder, 'a'.repeat(300));
    expect(() => oslsLine(['package', '--stage', 'example', '--package', path])).toThrow(
      `Nothing was packaged: ${path} cannot be written (ENAMETOOLONG); name another folder with --package`,
    );
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

describe('the Salesforce secret', () => {
  const two = read(
    `${fileWith({})}  orders: { topic: orders, object: Order__c, salesforceUri: https://b.my.salesforce.com, salesforceSecret: b, kafka: { kind: msk, clusterArn: 'arn:aws:kafka:us-east-1:111122223333:cluster/a/b' } }\n`,
  ).stage;

  test('is that of the stage', () => {
    expect(chosenSecret(stageWith({}), null).name).toBe('msk-salesforce-sink/test/salesforce');
    expect(chosenSecret(stageWith({ salesforceSecret: 'own' }), null).name).toBe('own');
  });

  test('is that of the named sink where they have several', () => {
    expect(chosenSecret(two!, 'orders').name).toBe('b');
    expect(() => chosenSecret(two!, null)).toThrow('Choose a sink: --sink takes contacts, orders');
    expect(() => chosenSecret(two!, 'leads')).toThrow('There is no sink leads');
  });
});
