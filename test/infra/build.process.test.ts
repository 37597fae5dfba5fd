import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { builtFiles, loadedSize, loadedWith } from '../../bench/loaded.ts';
import { release } from '../../infra/release.ts';
import { type SecretsManager, startSecretsManager } from '../../local/aws/secrets-manager.ts';
import { LocalFunction } from '../../local/lambda-runtime/local-function.ts';
import { root } from './template.ts';

let server: SecretsManager;
const functions: LocalFunction[] = [];

function start(
  environment: Record<string, string>,
  onLine: ConstructorParameters<typeof LocalFunction>[1] = () => undefined,
): LocalFunction {
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
    onLine,
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
});
afterAll(async () => {
  await Promise.all(functions.map((one) => one.kill()));
  await server.close();
});

test('the built files need Node.js alone, but for what Lambda never loads', async () => {
  const imports = Object.values(builtFiles()).flatMap(({ imports: each }) => each);
  const packages = imports.filter(({ path, external }) => external && !path.startsWith('node:'));
  const { builtinModules } = await import('node:module');
  const foreign = packages.filter(({ path }) => !builtinModules.includes(path));

  expect(foreign.every(({ kind }) => kind === 'dynamic-import')).toBe(true);
  for (const { path } of foreign) expect(path).toMatch(/credential-provider-/);
});

test('a sink of plain JSON loads neither registries, ledger, queue nor parsers, and stays small', async () => {
  const outputs = builtFiles();
  const loaded = loadedWith('dist/sink.mjs', outputs);
  const entries = loaded.flatMap((path) => outputs[path]?.entryPoint ?? []);
  expect(entries).toEqual(['src/handlers/sink.ts', 'src/invocation/create-from-config.ts']);
  expect(loadedSize('dist/sink.mjs').gzipped).toBeLessThan(240_000);
});

test('a file names its source map if it has code of the function, and undici is in a file without', () => {
  const outputs = Object.entries(builtFiles()).filter(([path]) => path.endsWith('.mjs'));
  for (const [path, { inputs }] of outputs) {
    const sources = Object.keys(inputs).filter((input) => input.startsWith('src/'));
    const namesMap = readFileSync(path, 'utf8').includes('//# sourceMappingURL=');
    expect([path, namesMap]).toEqual([path, sources.length > 0]);
    if (Object.keys(inputs).some((input) => input.includes('/undici/')))
      expect(sources).toEqual([]);
  }
});

test('the built function reads its secret with the credentials that Lambda puts into its environment', async () => {
  const environment = { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };
  const outcome = await start({ ...environment, AWS_SESSION_TOKEN: 'local' }).invoke(event);

  // At init; past the cache, since it lacks a key and may have been corrected meanwhile; so in the flush.
  const read = { action: 'GetSecretValue', secretId: 'sink/dev/salesforce' };
  expect(server.requests()).toEqual([read, read, read]);
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

test('every line of the log says which release runs', async () => {
  const lines: string[] = [];
  await start({}, ({ text }) => lines.push(text)).invoke(event);

  const ofFlush = lines.filter((line) => line.includes('"message"'));
  expect(ofFlush.length).toBeGreaterThan(1);
  // Its end is another if a source was edited since the build.
  const [built] = release().split('.changed');
  for (const line of ofFlush) {
    expect(JSON.parse(line).release.replace('.changed', '')).toBe(built);
  }
});

test('the file that decodes Protobuf generates no code', async () => {
  const outputs = builtFiles();
  const [path] =
    Object.entries(outputs).find(
      ([file, { entryPoint }]) =>
        file.startsWith('dist/sink-parts/') && entryPoint === 'src/decode/protobuf/compile.ts',
    ) ?? [];
  const script = `const { compileProtobuf } = await import('./${path}');
    const text = 'syntax = "proto3"; message A { string name = 1; }';
    const { decode } = compileProtobuf({ text, references: [] });
    const bytes = Buffer.from([0x0a, 1, 0x62]);
    console.log(JSON.stringify(decode(bytes, 0, { indexes: [0] })));`;
  const flags = [
    '--disallow-code-generation-from-strings',
    '--input-type=module',
    '--eval',
    script,
  ];
  const { stdout } = await promisify(execFile)(process.execPath, flags, { cwd: root });
  expect(stdout).toBe('{"name":"b"}\n');
});
