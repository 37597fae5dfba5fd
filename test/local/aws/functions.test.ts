import { fileURLToPath } from 'node:url';
import {
  GetFunctionConfigurationCommand,
  type LambdaClient,
  ListEventSourceMappingsCommand,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { invokeFunction, lambdaClient } from '../../../cli/invoke.ts';
import { type FunctionService, startFunctions } from '../../../local/aws/functions.ts';
import { localClient } from '../../../local/aws/local-client.ts';

const path = '../lambda-runtime/fixtures/function.mjs';
const lines: string[] = [];
let functions: FunctionService;
let client: LambdaClient;

beforeAll(async () => {
  functions = await startFunctions(({ text }) => lines.push(text));
  client = lambdaClient({ ...localClient, endpoint: functions.url });
  functions.deploy({
    ...{ functionName: 'acts', handlerName: 'handler', timeoutMs: 20_000, memoryMb: 256 },
    modulePath: fileURLToPath(new URL(path, import.meta.url)),
    environment: { COLOUR: 'green' },
  });
});
afterAll(async () => {
  client.destroy();
  await functions.close();
});

it('runs a function for the real SDK client, and gives what it returns', async () => {
  expect(await invokeFunction(client, 'acts', { act: 'count' })).toMatchObject({ invocations: 1 });
  expect(await invokeFunction(client, 'acts', { act: 'count' })).toMatchObject({ invocations: 2 });
  expect(await invokeFunction(client, 'acts', { act: 'forget' })).toBeNull();
});

it('hands out the lines that a function writes', async () => {
  await invokeFunction(client, 'acts', { act: 'log' });
  expect(lines).toContain('two');
});

it.each([
  ['throws', 'throw', /no such luck/],
  ['ends its process', 'crash', /Runtime exited with error: exit status 3/],
])('a function that %s is an error with its message', async (_name, act, message) => {
  await expect(invokeFunction(client, 'acts', { act })).rejects.toThrow(message);
});

it('a function that is not there is an error too', async () => {
  await expect(invokeFunction(client, 'nowhere', {})).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});

it('takes an event of 6 MB, and no larger one', async () => {
  const event = (bytes: number) => ({ act: 'forget', pad: 'x'.repeat(bytes - 25) });
  const limit = 6 * 1024 * 1024;
  expect(JSON.stringify(event(limit))).toHaveLength(limit);
  expect(await invokeFunction(client, 'acts', event(limit))).toBeNull();
  await expect(invokeFunction(client, 'acts', event(limit + 1))).rejects.toMatchObject({
    name: 'RequestTooLargeException',
  });
});

it('tells the settings of a function, and its event source mapping once it has one', async () => {
  const command = new GetFunctionConfigurationCommand({ FunctionName: 'acts' });
  expect(await client.send(command)).toMatchObject({
    ...{ Timeout: 20, MemorySize: 256, Environment: { Variables: { COLOUR: 'green' } } },
  });
  const mappings = () => client.send(new ListEventSourceMappingsCommand({ FunctionName: 'acts' }));
  expect(await mappings()).toMatchObject({ EventSourceMappings: [] });
  functions.attach('acts', { State: 'Enabled' });
  expect(await mappings()).toMatchObject({ EventSourceMappings: [{ State: 'Enabled' }] });
});
