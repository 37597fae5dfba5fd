import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { startEmulator } from 'salesforce-bulk-emulator';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { startFunctions } from '../../local/aws/functions.ts';
import { localClient } from '../../local/aws/local-client.ts';
import { builtFunction } from '../../local/lambda-runtime/built-function.ts';
import { GlueRegistry, glueSchemas } from '../../src/decode/registry/glue.ts';
import { Deadline, systemClock } from '../../src/runtime/deadline.ts';
import { root } from '../infra/template.ts';
import { eventOfValues } from '../support/event.ts';
import { hasPart } from '../support/parts.ts';
import { type AwsSide, startMotoSide, startNpmSide } from './given/aws/side.ts';
import { situations } from './given/aws/situations.ts';
import { noPython } from './given/moto/moto.ts';

/** What differs, with what AWS does. Everything else that is asked has the same answer. */
const differences: Readonly<Record<string, { npm: unknown; moto: unknown; aws: string }>> = {
  'the status of a secret that is not there': { npm: 400, moto: 404, aws: 'as npm' },
  'a secret that is being deleted': {
    npm: 'error: InvalidRequestException',
    moto: 'updated',
    aws: 'as npm',
  },
  'a body that SQS refuses': {
    npm: 'error: AWS.SimpleQueueService.InvalidMessageContents',
    moto: 'sent',
    aws: 'as npm',
  },
};

let npm: AwsSide;
let moto: AwsSide;
beforeAll(async () => {
  if (noPython === null) [npm, moto] = await Promise.all([startNpmSide(), startMotoSide()]);
});
afterAll(() => Promise.all([npm?.close(), moto?.close()]));

/** The answer to a question, or the code of its error. */
const answer = (situation: string, side: AwsSide): Promise<unknown> =>
  situations[situation]!(side).catch((error: Error & { code?: string; cause?: Error }) => {
    return `error: ${error.code ?? (error.cause ?? error).name}`;
  });

describe.runIf(hasPart('moto', noPython))('AWS by two implementations', () => {
  test.each(Object.keys(situations))('%s', async (situation) => {
    const seen = { npm: await answer(situation, npm), moto: await answer(situation, moto) };
    const { aws: _aws, ...expected } = differences[situation] ?? {
      npm: seen.moto,
      moto: seen.moto,
      aws: '',
    };
    expect(seen).toEqual(expected);
  });

  test('every difference is a situation', () => {
    expect(Object.keys(situations)).toEqual(expect.arrayContaining(Object.keys(differences)));
  });

  test('Glue has no schema of an unknown version', async () => {
    const endpoint = moto.environment['AWS_ENDPOINT_URL_GLUE'];
    const registry = new GlueRegistry(glueSchemas({ ...localClient, endpoint }));
    const deadline = new Deadline(systemClock, Date.now() + 20_000);
    const nobody = '00000000-0000-0000-0000-000000000000';
    expect(await registry.schema(nobody, deadline)).toBeNull();
  });
});

const functionName = 'msk-salesforce-sink-example-contacts';
const doctorName = 'msk-salesforce-sink-example-doctor';

/** A sink and the doctor, whose AWS is moto, and the commands of an operator. */
async function givenDeployment() {
  const emulator = await startEmulator();
  onTestFinished(() => emulator.close());
  const functions = await startFunctions(() => undefined);
  onTestFinished(() => functions.close());
  const endpoints = { ...moto.environment, AWS_ENDPOINT_URL_LAMBDA: functions.url };
  const settings = {
    ...{ SALESFORCE_OBJECT: 'Contact', SALESFORCE_URI: emulator.url },
    ...{ SALESFORCE_SECRET_ID: moto.secretId, LEDGER_TABLE: moto.tableName },
    ...{ ERRANT_QUEUE_URL: moto.queueUrl, GLUE_SCHEMA_REGISTRY: 'true' },
  };
  const timeoutMs = 60_000;
  functions.deploy(
    builtFunction({
      module: 'sink',
      environment: { ...endpoints, ...settings },
      functionName,
      timeoutMs,
    }),
  );
  functions.deploy(
    builtFunction({
      module: 'doctor',
      environment: endpoints,
      functionName: doctorName,
      timeoutMs,
    }),
  );
  functions.attach(functionName, { State: 'Enabled', LastProcessingResult: 'OK' });
  const run = async (
    command: string,
    env: Readonly<Record<string, string>> = {},
    ...line: string[]
  ) => {
    const path = join(root, `cli/${command}/main.ts`);
    const args = [path, '--stage', 'example', '--sink', 'contacts', ...line];
    const options = { env: { PATH: process.env['PATH'], NO_COLOR: '1', ...endpoints, ...env } };
    return (await promisify(execFile)(process.execPath, args, options)).stdout;
  };
  return { emulator, functions, run };
}

describe.runIf(hasPart('moto', noPython))('a deployment on moto', () => {
  test('is healthy to the doctor', async () => {
    const { run } = await givenDeployment();
    const { sinks } = JSON.parse(await run('doctor', {}, '--json'));
    const states = sinks[0].findings.map(
      ({ check, state }: Record<string, string>) => `${state} ${check}`,
    );
    expect(states).toEqual(
      expect.arrayContaining([
        'passed secret',
        'passed Glue schemas',
        'passed ledger',
        'passed errant queue',
      ]),
    );
    expect(states.filter((text: string) => text.startsWith('failed'))).toEqual([]);
  });

  test('has its errant records replayed', async () => {
    const { emulator, functions, run } = await givenDeployment();
    emulator.permit({ hidden: ['Contact.Level__c'] });
    const event = eventOfValues([{ LastName: 'A' }, { LastName: 'B', Level__c: 'Gold' }]);
    const outcome = await functions.invoke(functionName, event);
    expect(outcome.kind).toBe('returned');
    emulator.permit({ hidden: [] });
    expect(await run('replay')).toContain('1 record of 1 written and removed from the queue.');
    expect(emulator.records('Contact').map(({ LastName }) => LastName)).toEqual(['A', 'B']);
    expect(await run('replay', {}, '--dry-run')).toContain('0 records would be replayed');
  });

  test('has its log shown', async () => {
    const { run } = await givenDeployment();
    const endpoint = moto.environment['AWS_ENDPOINT_URL_SQS'] ?? '';
    const client = new CloudWatchLogsClient({ ...localClient, endpoint });
    onTestFinished(() => client.destroy());
    const logGroupName = `/aws/lambda/${functionName}`;
    await client.send(new CreateLogGroupCommand({ logGroupName }));
    const shown = () => run('logs', { AWS_ENDPOINT_URL: endpoint }, '--once');
    expect(await shown()).toBe('');
    const stream = { logGroupName, logStreamName: 'one' };
    await client.send(new CreateLogStreamCommand(stream));
    const message = JSON.stringify({
      message: 'flush written',
      rows: 2,
      records: 2,
      duration_ms: 900,
    });
    const logEvents = [
      { timestamp: Date.now(), message: '{"_aws":{},"Jobs":1}' },
      { timestamp: Date.now(), message },
    ];
    await client.send(new PutLogEventsCommand({ ...stream, logEvents }));
    expect(await shown()).toMatch(/^[\d:]{8} ✓ 2 of 2 records written in 0\.9 s, 0 API calls\s*$/);
  });
});
