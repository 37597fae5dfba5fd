import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { build } from '../../infra/build.ts';
import { type SecretsManager, startSecretsManager } from '../../local/aws/secrets-manager.ts';
import { LocalFunction } from '../../local/lambda-runtime/local-function.ts';
import { root } from './template.ts';

let server: SecretsManager;
const functions: LocalFunction[] = [];

function start(environment: Record<string, string>): LocalFunction {
  const started = new LocalFunction(
    {
      functionName: 'sink',
      modulePath: join(root, 'dist/sink.mjs'),
      handlerName: 'handler',
      timeoutMs: 15_000,
      memoryMb: 512,
      environment: {
        NODE_OPTIONS: '--enable-source-maps',
        SALESFORCE_OBJECT: 'Contact',
        SALESFORCE_URI: 'http://127.0.0.1:9',
        SALESFORCE_SECRET_ID: 'sink/dev/salesforce',
        AWS_ENDPOINT_URL_SECRETS_MANAGER: server.url,
        ...environment,
      },
    },
    () => undefined,
  );
  functions.push(started);
  return started;
}

const event = {
  eventSource: 'SelfManagedKafka',
  bootstrapServers: 'b:9092',
  records: {
    'contacts-0': [
      {
        topic: 'contacts',
        partition: 0,
        offset: 0,
        timestamp: 0,
        timestampType: 'CREATE_TIME',
        value: Buffer.from('{"LastName":"Contact 0001"}').toString('base64'),
        headers: [],
      },
    ],
  },
};

beforeAll(async () => {
  server = await startSecretsManager({ 'sink/dev/salesforce': '{}' });
  await build();
});
afterAll(async () => {
  await Promise.all(functions.map((one) => one.kill()));
  await server.close();
});

test('the built file needs Node.js alone, but for what Lambda never loads', async () => {
  const { outputs } = JSON.parse(await readFile(join(root, 'dist/meta.json'), 'utf8'));
  const imports: { path: string; kind: string; external?: boolean }[] =
    outputs['dist/sink.mjs'].imports;
  const packages = imports.filter(({ path, external }) => external && !path.startsWith('node:'));
  const { builtinModules } = await import('node:module');
  const foreign = packages.filter(({ path }) => !builtinModules.includes(path));

  expect(foreign.every(({ kind }) => kind === 'dynamic-import')).toBe(true);
  for (const { path } of foreign) {
    expect(path).toMatch(/credential-provider-|^\.\/(jsonata|protobufjs|glue-client)\.mjs$/);
  }
});

test('the built function reads its secret with the credentials that Lambda puts into its environment', async () => {
  const environment = { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };
  const outcome = await start({ ...environment, AWS_SESSION_TOKEN: 'local' }).invoke(event);

  // A secret that lacks a key is read once more, past the cache: it may have been corrected meanwhile.
  const read = { action: 'GetSecretValue', secretId: 'sink/dev/salesforce' };
  expect(server.requests()).toEqual([read, read]);
  expect(outcome).toMatchObject({
    kind: 'threw',
    errorMessage: expect.stringContaining('SECRET_INVALID'),
  });
});

test('a stack trace of the built function names the source', async () => {
  const outcome = await start({ SALESFORCE_OBJECT: '' }).invoke(event);

  expect(outcome).toMatchObject({
    kind: 'init-failed',
    errorMessage: expect.stringContaining('SALESFORCE_OBJECT is missing'),
    trace: expect.arrayContaining([expect.stringMatching(/src\/config\/environment\.ts:\d+/)]),
  });
});

test("an error of the built function keeps its class's name, which Lambda's runtime logs as errorType", async () => {
  // Without settings the function fails at init.
  const script =
    "await import('./dist/sink.mjs').catch((error) => console.log(error.constructor.name, error.code))";
  const given = { cwd: root, env: {} };
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', script],
    given,
  );
  expect(stdout.trim().split('\n').at(-1)).toBe('SinkError CONFIG_INVALID');
});

test('the built function compiles TRANSFORM with the file beside it', async () => {
  const outcome = await start({ TRANSFORM: '{"LastName": }' }).invoke(event);

  expect(outcome).toMatchObject({
    kind: 'init-failed',
    errorMessage: expect.stringContaining(
      'TRANSFORM is not a JSONata expression: JSONata error S0211 at character 14',
    ),
  });
});

test('the file beside the function that parses Protobuf schemas generates no code', async () => {
  const script = `const { parser: { protobuf } } = await import('./dist/protobufjs.mjs');
    const { root } = protobuf.parse('syntax = "proto3"; message A {}', new protobuf.Root());
    console.log(String(root.nestedArray[0]));`;
  const flags = [
    '--disallow-code-generation-from-strings',
    '--input-type=module',
    '--eval',
    script,
  ];
  const { stdout } = await promisify(execFile)(process.execPath, flags, { cwd: root });
  expect(stdout).toBe('Type .A\n');
});
