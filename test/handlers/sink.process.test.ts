import {
  DeleteSecretCommand,
  RestoreSecretCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { type Emulator, startEmulator } from 'salesforce-bulk-emulator';
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  onTestFinished,
} from 'vitest';
import { type SecretsManager, startSecretsManager } from '../../local/aws/secrets-manager.ts';
import { LocalFunction } from '../../local/lambda-runtime/local-function.ts';
import { eventOfValues } from '../support/event.ts';

const secretId = 'dev/salesforce';
const goodSecret = JSON.stringify({ clientId: 'local-client', clientSecret: 'local-secret' });

let salesforce: Emulator;
let secrets: SecretsManager;
let lines: Record<string, unknown>[];
let metrics: Record<string, unknown>[];
let functions: LocalFunction[];

beforeAll(async () => {
  salesforce = await startEmulator();
});
afterAll(() => salesforce.close());
beforeEach(async () => {
  salesforce.reset();
  secrets = await startSecretsManager({ [secretId]: goodSecret });
  lines = [];
  metrics = [];
  functions = [];
});
afterEach(async () => {
  await Promise.all(functions.map((one) => one.kill()));
  await secrets.close();
});

/** The built function in a process of its own, with the environment that serverless.yml gives it. */
function builtFunction(
  environment: Record<string, string> = {},
  timeoutMs = 20_000,
): LocalFunction {
  const settings = {
    functionName: 'sink',
    modulePath: 'dist/sink.mjs',
    handlerName: 'handler',
    timeoutMs,
    memoryMb: 512,
    environment: {
      SALESFORCE_OBJECT: 'Contact',
      SALESFORCE_URI: salesforce.url,
      SALESFORCE_SECRET_ID: secretId,
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url,
      ...environment,
    },
  };
  const one = new LocalFunction(settings, ({ text }) => {
    if (!text.startsWith('{')) return;
    const line = JSON.parse(text);
    if ('_aws' in line) metrics.push(line);
    else lines.push(line);
  });
  functions.push(one);
  return one;
}

const event = eventOfValues([{ LastName: 'Pin 4711' }, { LastName: 'Pin 4712' }]);
const tokens = () => salesforce.requests().filter(({ call }) => call === 'token').length;

describe('the built function', () => {
  it('logs a wrong expression as one line with its code, at init', async () => {
    const outcome = await builtFunction({ TRANSFORM: '{' }).invoke(event);
    expect(outcome.kind).toBe('init-failed');
    expect(lines).toMatchObject([{ message: 'init failed', code: 'CONFIG_INVALID' }]);
  });

  it('logs a wrong environment as one line with its code, at init', async () => {
    const outcome = await builtFunction({ SALESFORCE_OBJECT: '', POLL_MAX_STEPS: '0' }).invoke(
      event,
    );
    expect(outcome.kind).toBe('init-failed');
    expect(lines).toMatchObject([
      {
        ...{ level: 'ERROR', message: 'init failed', code: 'CONFIG_INVALID', retryable: false },
        reason: expect.stringMatching(/SALESFORCE_OBJECT is missing.*POLL_MAX_STEPS got "0"/s),
      },
    ]);
  });

  it('writes a batch with the secret that it reads through the real SDK', async () => {
    const outcome = await builtFunction().invoke(event);
    expect(outcome).toMatchObject({ kind: 'returned', value: { batchItemFailures: [] } });
    expect(salesforce.records('Contact')).toHaveLength(2);
  });

  it('gives every line of a flush its request id, and the job id once there is one', async () => {
    const { requestId } = await builtFunction().invoke(event);
    const [job] = salesforce.jobs();
    expect(lines.length).toBeGreaterThanOrEqual(3);
    for (const line of lines) {
      expect(line).toMatchObject({ function_request_id: requestId, offsets: ['contacts-0@0..1'] });
    }
    for (const line of lines.slice(1)) expect(line['job_id']).toBe(job?.id);
  });

  it("writes its metrics in CloudWatch's format, under the sink alone, of failed flushes too", async () => {
    const one = builtFunction();
    await one.invoke(event);
    await one.invoke({ eventSource: 'aws:kafka', records: {} });
    expect(metrics).toHaveLength(2);
    for (const line of metrics) {
      expect(line).toMatchObject({
        _aws: { CloudWatchMetrics: [{ Namespace: 'MskSalesforceSink', Dimensions: [['sink']] }] },
        sink: 'sink',
      });
    }
    expect(metrics[0]).toMatchObject({ RecordsReceived: 2, RecordsWritten: 2, Jobs: 1 });
    expect(metrics[1]).toMatchObject({ RecordsReceived: 0, RecordsWritten: 0, Jobs: 0 });
  });

  it('counts the waits of a flush whose job has not ended, as its error does', async () => {
    salesforce.fault({ job: 'stall' });
    const outcome = await builtFunction({ POLL_MAX_STEPS: '1' }).invoke(event);
    expect(outcome).toMatchObject({ errorMessage: expect.stringContaining('after 1 waits') });
    expect(metrics).toMatchObject([{ Waits: 1, Jobs: 1 }]);
  });

  it('says what became of the records of a replay, and of no other event', async () => {
    const one = builtFunction();
    const replay = { ...event, eventSourceArn: `${event.eventSourceArn}#replay-1` };
    expect(await one.invoke(replay)).toMatchObject({
      value: { batchItemFailures: [], received: 2, written: 2, errant: 0, skipped: 0 },
    });
    expect(await one.invoke(event)).toMatchObject({ value: { batchItemFailures: [] } });
    expect(await one.invoke(event)).not.toHaveProperty('value.written');
  });

  it('carries nothing over from one flush into the lines of the next', async () => {
    const one = builtFunction();
    await one.invoke(event);
    lines.length = 0;
    await one.invoke({ eventSource: 'aws:kafka', records: {} });
    expect(lines).toMatchObject([{ message: 'flush failed', code: 'EVENT_EMPTY' }]);
    expect(lines[0]).not.toHaveProperty('job_id');
    expect(lines[0]).not.toHaveProperty('offsets');
  });

  it('reads the secret and logs in once for many flushes', async () => {
    const one = builtFunction();
    for (let flush = 0; flush < 3; flush++) await one.invoke(event);
    expect(tokens()).toBe(1);
    expect(secrets.requests()).toHaveLength(1);
  });

  it('has logged in and described its object before the first event', async () => {
    await builtFunction().invoke({ eventSource: 'aws:kafka', records: {} });
    expect(salesforce.requests().map(({ call }) => call)).toEqual(['token', 'describe']);
  });

  it('counts the calls of its init as those of the first flush', async () => {
    const one = builtFunction();
    for (let flush = 0; flush < 2; flush++) await one.invoke(event);
    const counted = lines.filter(({ message }) => message === 'flush written');
    const [first, second] = counted.map((line) => Number(line['api_calls'])) as [number, number];
    expect(first - second).toBe(2);
    expect(first + second).toBe(salesforce.requests().length);
  });

  it('starts though Salesforce is down, and writes as soon as it is back', async () => {
    const url = new URL(salesforce.url);
    await salesforce.close();
    const one = builtFunction({ SALESFORCE_MAX_RETRIES: '0' });
    expect(await one.invoke(event)).toMatchObject({
      kind: 'threw',
      errorMessage: expect.stringMatching(/^SALESFORCE_UNREACHABLE/),
    });
    expect(lines).toContainEqual(
      expect.objectContaining({ message: 'prefetch failed', code: 'SALESFORCE_UNREACHABLE' }),
    );
    salesforce = await startEmulator({ port: Number(url.port) });
    expect(await one.invoke(event)).toMatchObject({ kind: 'returned' });
  });

  it('throws an error that Lambda shows with its code', async () => {
    const outcome = await builtFunction().invoke({ Records: [] });
    expect(outcome).toMatchObject({ kind: 'threw', errorType: 'SinkError' });
    expect(outcome).toHaveProperty('errorMessage', expect.stringMatching(/^EVENT_INVALID: /));
  });

  it('fails at init with every problem of its environment', async () => {
    const outcome = await builtFunction({
      SALESFORCE_OBJECT: '',
      SALESFORCE_URI: 'http://acme.my.salesforce.com',
      SALESFORCE_MAX_RETRIES: '11',
      SALESFORCE_OBJCT: 'Contact',
    }).invoke(event);
    expect(outcome.kind).toBe('init-failed');
    const { errorMessage } = outcome as { errorMessage: string };
    expect(errorMessage).toMatch(/^CONFIG_INVALID: /);
    for (const name of [
      'SALESFORCE_OBJECT is missing',
      'SALESFORCE_URI got',
      'SALESFORCE_MAX_RETRIES got "11"',
      'SALESFORCE_OBJCT is not a setting',
    ]) {
      expect(errorMessage).toContain(name);
    }
    // The runtime's own line about it is text, which a query by `code` does not find.
    expect(lines).toMatchObject([
      { level: 'ERROR', message: 'init failed', code: 'CONFIG_INVALID', reason: errorMessage },
    ]);
  });
});

describe('a secret', () => {
  const failing = async (timeoutMs = 20_000) => {
    const outcome = await builtFunction({}, timeoutMs).invoke(event);
    const { errorMessage } = outcome as { errorMessage: string };
    const text = JSON.stringify([outcome, lines]);
    expect(text).not.toMatch(/local-secret|local-client|not-json-secret/);
    expect(salesforce.records('Contact')).toEqual([]);
    return errorMessage;
  };

  it.each([
    ['no JSON', 'not-json-secret', /^SECRET_INVALID: The secret is not JSON/],
    [
      'half a JSON',
      '{"clientId":"local-client","clientSec',
      /^SECRET_INVALID: The secret is not JSON/,
    ],
    ['empty', ' ', /^SECRET_INVALID: The secret is empty/],
    ['a list', 'null', /^SECRET_INVALID: The secret is not an object/],
    [
      'without clientId',
      '{"clientSecret":"local-secret"}',
      /^SECRET_INVALID: The secret has no clientId/,
    ],
    [
      'without clientSecret',
      '{"clientId":"local-client"}',
      /^SECRET_INVALID: The secret has no clientSecret/,
    ],
  ])('that is %s is reported', async (_name, value, message) => {
    secrets.put(secretId, value);
    expect(await failing()).toMatch(message);
  });

  it('that is missing is reported', async () => {
    await secrets.close();
    secrets = await startSecretsManager();
    expect(await failing()).toMatch(/^SECRET_NOT_FOUND: .*npm run secret/);
  });

  it('that is marked for deletion is reported, and read again once it is restored', async () => {
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    const client = new SecretsManagerClient({
      ...{ credentials, region: 'us-east-1', endpoint: secrets.url },
    });
    onTestFinished(() => client.destroy());
    await client.send(new DeleteSecretCommand({ SecretId: secretId, RecoveryWindowInDays: 7 }));
    expect(await failing()).toMatch(
      /^SECRET_NOT_FOUND: .*aws secretsmanager restore-secret --secret-id /,
    );
    await client.send(new RestoreSecretCommand({ SecretId: secretId }));
    expect(await builtFunction().invoke(event)).toMatchObject({ kind: 'returned' });
  });

  it('that may not be read is reported', async () => {
    secrets.fault({
      action: 'GetSecretValue',
      times: 9,
      kind: 'refuse',
      type: 'AccessDeniedException',
    });
    expect(await failing()).toMatch(/^SECRET_DENIED: .*secretsmanager:GetSecretValue/);
  });

  it('without a reply is reported before the function is ended', async () => {
    secrets.fault({ action: 'GetSecretValue', times: 9, kind: 'silence' });
    expect(await failing(2_000)).toMatch(/^SECRET_UNAVAILABLE: /);
  });

  it('that cannot be reached is reported, and may be there at the next try', async () => {
    await secrets.close();
    expect(await failing()).toMatch(/^SECRET_UNAVAILABLE: /);
    secrets = await startSecretsManager();
  });

  it('that was rotated is read again when Salesforce refuses the old one', async () => {
    secrets.put(secretId, JSON.stringify({ clientId: 'local-client', clientSecret: 'old' }));
    const one = builtFunction();
    expect((await one.invoke(event)).kind).toBe('threw');
    secrets.put(secretId, goodSecret);
    expect((await one.invoke(event)).kind).toBe('returned');
  });

  it('that Salesforce refuses and that was not rotated is tried at init and once in the flush', async () => {
    secrets.put(secretId, JSON.stringify({ clientId: 'local-client', clientSecret: 'wrong' }));
    expect(await failing()).toMatch(/^LOGIN_REFUSED: .* invalid_client: .*Check clientSecret/);
    expect(tokens()).toBe(2);
    expect(secrets.requests()).toHaveLength(3);
  });

  it('with an unknown client id is reported', async () => {
    secrets.put(secretId, JSON.stringify({ clientId: 'unknown', clientSecret: 'x' }));
    expect(await failing()).toMatch(/^LOGIN_REFUSED: .*invalid_client_id.*Check clientId/);
  });

  it('of a client without a run-as user is reported', async () => {
    const client = { clientId: 'no-run-as-client', clientSecret: 'local-secret' };
    secrets.put(secretId, JSON.stringify(client));
    expect(await failing()).toMatch(/^LOGIN_REFUSED: .*invalid_grant.*run-as user/);
  });
});
