import { SchemaRegistry as Client, SchemaType } from '@kafkajs/confluent-schema-registry';
import { type Emulator, startEmulator } from 'salesforce-bulk-emulator';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type SecretsManager, startSecretsManager } from '../../local/aws/secrets-manager.ts';
import { LocalFunction } from '../../local/lambda-runtime/local-function.ts';
import { eventOf, eventRecord } from '../support/event.ts';
import {
  type StandInRegistry,
  startSchemaRegistry,
} from '../support/schema-registry/schema-registry.ts';
import { fixtureLines, framed } from '../support/values.ts';

const secretId = 'dev/salesforce';
const login = { user: 'reader', password: 'pin-4711' };
const clientCredentials = { clientId: 'local-client', clientSecret: 'local-secret' };
const secret = {
  ...clientCredentials,
  schemaRegistryUser: login.user,
  schemaRegistryPassword: login.password,
};

let salesforce: Emulator;
let secrets: SecretsManager;
let registry: StandInRegistry;
let builtFunction: LocalFunction;
const lines: string[] = [];

beforeAll(async () => {
  salesforce = await startEmulator();
  registry = await startSchemaRegistry({ login });
  secrets = await startSecretsManager({ [secretId]: JSON.stringify(secret) });
  const settings = {
    functionName: 'sink',
    modulePath: 'dist/sink.mjs',
    handlerName: 'handler',
    timeoutMs: 20_000,
    memoryMb: 512,
    environment: {
      SALESFORCE_OBJECT: 'Contact',
      SALESFORCE_URI: salesforce.url,
      SALESFORCE_SECRET_ID: secretId,
      SALESFORCE_MAX_RETRIES: '0',
      SCHEMA_REGISTRY_URL: registry.url,
      ERRORS_TOLERANCE: 'all',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url,
    },
  };
  builtFunction = new LocalFunction(settings, ({ text }) => lines.push(text));
});
afterAll(async () => {
  await builtFunction.kill();
  await Promise.all([salesforce.close(), secrets.close(), registry.close()]);
});

const nullable = (type: unknown) => ['null', type];

const contactSchema = JSON.stringify({
  type: 'record',
  name: 'com.example.Contact',
  fields: [
    { name: 'LastName', type: 'string' },
    { name: 'Birthdate', type: nullable({ type: 'int', logicalType: 'date' }) },
    { name: 'LastSeen__c', type: nullable({ type: 'long', logicalType: 'timestamp-micros' }) },
    { name: 'PreferredTime__c', type: nullable({ type: 'int', logicalType: 'time-millis' }) },
    {
      name: 'Balance__c',
      type: nullable({ type: 'bytes', logicalType: 'decimal', precision: 9, scale: 2 }),
    },
    { name: 'Tags__c', type: nullable({ type: 'array', items: 'string' }) },
    { name: 'Visits__c', type: nullable('long') },
  ],
});

/** One contact in each format, and two that can never be rows. */
async function mixedValues(): Promise<Buffer[]> {
  const auth = { username: login.user, password: login.password };
  const client = new Client({ host: registry.url, auth });
  const avro = await client.register(
    { type: SchemaType.AVRO, schema: contactSchema },
    { subject: 'contacts-value' },
  );
  const json = await client.register(
    { type: SchemaType.JSON, schema: '{"type":"object"}' },
    { subject: 'contacts-json' },
  );
  const [, envelope = ''] = fixtureLines('connect/envelopes.tsv').find(
    ([name]) => name === 'a contact',
  ) as string[];
  return [
    Buffer.from('{"LastName":"Plain","Visits__c":9,"LastSeen__c":"2026-02-28T13:45:00.000Z"}'),
    Buffer.from(envelope),
    await client.encode(avro.id, {
      LastName: 'Avro',
      Birthdate: 3711,
      LastSeen__c: 1_772_286_300_123_456,
      PreferredTime__c: 49_500_001,
      Balance__c: Buffer.from([0x04, 0x82]),
      Tags__c: ['News', 'Offers'],
      Visits__c: 7,
    }),
    await client.encode(json.id, { LastName: 'Schema', HasOptedOutOfEmail: true }),
    framed(4711, 'pin-4712'),
    Buffer.from('pin-4712'),
  ];
}

const eventWith = (values: readonly Buffer[]) =>
  eventOf(
    values.map((value, offset) => ({
      ...eventRecord({ offset }),
      value: value.toString('base64'),
    })),
  );

it('a topic of all formats goes through the built function as one job', async () => {
  const values = await mixedValues();
  const before = registry.requests().length;
  expect(await builtFunction.invoke(eventWith(values))).toMatchObject({ kind: 'returned' });

  expect(salesforce.jobs()).toMatchObject([{ numberRecordsProcessed: 4, numberRecordsFailed: 0 }]);
  const byName = new Map(salesforce.records('Contact').map((row) => [row['LastName'], row]));
  expect(byName.get('Plain')).toMatchObject({
    Visits__c: 9,
    LastSeen__c: '2026-02-28T13:45:00.000+0000',
  });
  expect(byName.get('Okoye')).toMatchObject({ Birthdate: '1980-02-29', Score__c: 12.5 });
  expect(byName.get('Avro')).toMatchObject({
    Birthdate: '1980-02-29',
    LastSeen__c: '2026-02-28T13:45:00.123+0000',
    PreferredTime__c: '13:45:00.001Z',
    Balance__c: 11.54,
    Tags__c: 'News;Offers',
    Visits__c: 7,
  });
  expect(byName.get('Schema')).toMatchObject({ HasOptedOutOfEmail: true });
  const errants = lines
    .filter((line) => line.includes('errant record'))
    .map((line) => JSON.parse(line));
  expect(errants.map(({ code }) => code)).toEqual(['SCHEMA_UNKNOWN', 'JSON_INVALID']);
  expect(registry.requests().length - before).toBe(3);
});

it('the next batch asks the registry for what is new to it only', async () => {
  const values = (await mixedValues()).slice(0, 4);
  const before = registry.requests().length;
  expect(await builtFunction.invoke(eventWith(values))).toMatchObject({ kind: 'returned' });
  expect(registry.requests().slice(before)).toEqual([]);
});

it('a batch whose schema the registry does not give is sent again, and nothing is written', async () => {
  const jobs = salesforce.jobs().length;
  const id = registry.register('leads', { schema: contactSchema.replace('Contact', 'Lead') });
  const values = [Buffer.from('{"LastName":"Plain"}'), framed(id, 'x')];

  registry.fault({ kind: 'status', status: 503, times: 1 });
  expect(await builtFunction.invoke(eventWith(values))).toMatchObject({
    kind: 'threw',
    errorMessage: expect.stringMatching(/^SCHEMA_REGISTRY_UNAVAILABLE: .*\[contacts-0@0\.\.1\]$/),
  });
  secrets.put(secretId, JSON.stringify(clientCredentials));
  registry.setLogin({ ...login, password: 'rotated' });
  expect(await builtFunction.invoke(eventWith(values))).toMatchObject({
    kind: 'threw',
    errorMessage: expect.stringMatching(
      /^SCHEMA_REGISTRY_REFUSED: GET \/schemas\/ids\/\d+ answered 401/,
    ),
  });
  expect(salesforce.jobs()).toHaveLength(jobs);

  secrets.put(secretId, JSON.stringify({ ...secret, schemaRegistryPassword: 'rotated' }));
  expect(await builtFunction.invoke(eventWith(values))).toMatchObject({ kind: 'returned' });
  expect(salesforce.jobs()).toHaveLength(jobs + 1);
});

it('no value, password or secret is in any line of the log', () => {
  expect(lines.join('\n')).not.toMatch(/pin-471|rotated|local-secret|Okoye/);
});
