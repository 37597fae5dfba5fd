import { fileURLToPath } from 'node:url';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import type {
  FunctionLine,
  FunctionSettings,
} from '../../../local/lambda-runtime/function-settings.ts';
import { LocalFunction } from '../../../local/lambda-runtime/local-function.ts';

const running: LocalFunction[] = [];
const lines: FunctionLine[] = [];

function start(settings: Partial<FunctionSettings> = {}): LocalFunction {
  const started = new LocalFunction(
    {
      functionName: 'sink',
      modulePath: fixture('function.mjs'),
      handlerName: 'handler',
      timeoutMs: 15_000,
      memoryMb: 128,
      environment: { SALESFORCE_OBJECT: 'Contact' },
      ...settings,
    },
    (line) => lines.push(line),
  );
  running.push(started);
  return started;
}

function fixture(name: string): string {
  return fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url));
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.kill()));
  lines.length = 0;
});

test('a process is kept between invocations', async () => {
  const sink = start();

  const first = await sink.invoke({ act: 'count' });
  const second = await sink.invoke({ act: 'count' });

  expect(first).toMatchObject({ kind: 'returned', value: { invocations: 1 } });
  expect(second).toMatchObject({ kind: 'returned', value: { invocations: 2 } });
  expect(first.requestId).not.toBe(second.requestId);
});

test('a handler that returns nothing has returned', async () => {
  expect(await start().invoke({ act: 'forget' })).toMatchObject({ kind: 'returned', value: null });
});

test('the context is that of the invocation', async () => {
  const outcome = await start().invoke({ act: 'context' });

  expect(outcome).toMatchObject({
    kind: 'returned',
    value: {
      awsRequestId: outcome.requestId,
      functionName: 'sink',
      functionVersion: '$LATEST',
      memoryLimitInMB: '128',
      logGroupName: '/aws/lambda/sink',
      invokedFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:sink',
      deadlineKnown: true,
    },
  });
});

test('the function sees its own variables and those of Lambda, and none of this machine', async () => {
  onTestFinished(() => void vi.unstubAllEnvs());
  vi.stubEnv('OF_THIS_MACHINE', 'yes');
  const outcome = await start().invoke({ act: 'environment' });

  expect(outcome).toMatchObject({
    value: { SALESFORCE_OBJECT: 'Contact', AWS_LAMBDA_FUNCTION_NAME: 'sink' },
  });
  expect(outcome).not.toHaveProperty('value.OF_THIS_MACHINE');
  expect(outcome).not.toHaveProperty('value.HOME');
});

test('an error thrown by the handler is an outcome, and the process stays', async () => {
  const sink = start();

  expect(await sink.invoke({ act: 'throw' })).toMatchObject({
    kind: 'threw',
    errorType: 'RangeError',
    errorMessage: 'no such luck',
    trace: expect.arrayContaining(['RangeError: no such luck']),
  });
  expect(await sink.invoke({ act: 'throwText' })).toMatchObject({
    kind: 'threw',
    errorType: 'string',
    errorMessage: 'only text',
  });
  expect(await sink.invoke({ act: 'count' })).toMatchObject({ value: { invocations: 3 } });
});

test.each(['hang', 'spin'])('a handler that would %s is killed at the timeout', async (act) => {
  const sink = start({ timeoutMs: 500 });

  const outcome = await sink.invoke({ act });

  expect(outcome).toMatchObject({
    kind: 'timed-out',
    errorType: 'Sandbox.Timedout',
    errorMessage: `RequestId: ${outcome.requestId} Error: Task timed out after 0.50 seconds`,
  });
  expect(await sink.invoke({ act: 'count' })).toMatchObject({ value: { invocations: 1 } });
});

test('an exit of the process is a crash, and the next invocation gets a fresh one', async () => {
  const sink = start();

  const outcome = await sink.invoke({ act: 'crash' });

  expect(outcome).toMatchObject({
    kind: 'crashed',
    exitCode: 3,
    signal: null,
    errorType: 'Runtime.ExitError',
    errorMessage: `RequestId: ${outcome.requestId} Error: Runtime exited with error: exit status 3`,
  });
  expect(await sink.invoke({ act: 'count' })).toMatchObject({ value: { invocations: 1 } });
});

test('an unhandled rejection ends the process', async () => {
  expect(await start().invoke({ act: 'reject' })).toMatchObject({
    kind: 'crashed',
    exitCode: 128,
    errorType: 'Runtime.UnhandledPromiseRejection',
    errorMessage: 'nobody waits for this',
  });
});

test('running out of memory ends the process', async () => {
  const outcome = await start({ memoryMb: 48 }).invoke({ act: 'exhaust' });

  expect(outcome).toMatchObject({ kind: 'crashed', signal: 'SIGABRT' });
});

test('a process can be killed in the middle of an invocation', async () => {
  const sink = start();
  await sink.invoke({ act: 'count' });

  const outcome = sink.invoke({ act: 'hang' });
  await sink.kill();

  expect(await outcome).toMatchObject({ kind: 'crashed', signal: 'SIGKILL' });
  expect(await sink.invoke({ act: 'count' })).toMatchObject({ value: { invocations: 1 } });
});

test('a module that cannot be loaded fails every invocation', async () => {
  const sink = start({ modulePath: fixture('broken.mjs') });

  for (const _ of [1, 2]) {
    expect(await sink.invoke({})).toMatchObject({
      kind: 'init-failed',
      errorType: 'TypeError',
      errorMessage: 'SALESFORCE_OBJECT is missing',
    });
  }
  expect(lines).toEqual(Array(2).fill({ stream: 'stdout', text: 'about to fail' }));
});

test('a handler that is not exported fails at init', async () => {
  expect(await start({ handlerName: 'handle' }).invoke({})).toMatchObject({
    kind: 'init-failed',
    errorType: 'Runtime.HandlerNotFound',
    errorMessage: 'handle is undefined or not exported',
  });
});

test('every line that the function wrote is handed out before its outcome', async () => {
  const sink = start();

  for (const _ of Array(20)) {
    await sink.invoke({ act: 'log' });
    expect(lines.splice(0)).toEqual(
      expect.arrayContaining([
        { stream: 'stdout', text: '{"message":"one"}' },
        { stream: 'stderr', text: 'two' },
        { stream: 'stdout', text: 'three, without a line end' },
      ]),
    );
  }
});

test('a flood of lines is complete before its outcome', async () => {
  const sink = start();

  for (const _ of Array(5)) {
    await sink.invoke({ act: 'flood' });
    expect(lines.splice(0)).toHaveLength(5000);
  }
});

test('a second invocation at the same time is refused', async () => {
  const sink = start();
  const first = sink.invoke({ act: 'count' });

  await expect(sink.invoke({ act: 'count' })).rejects.toThrow('one invocation at a time');
  await first;
});
