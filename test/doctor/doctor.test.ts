import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  functionNames,
  type LocalDeployment,
  startDeployment,
} from '../../local/deployment/deployment.ts';
import { orgChecks } from '../../src/doctor/check-org.ts';
import { startSchemaRegistry } from '../support/schema-registry/schema-registry.ts';

let account: LocalDeployment;

const upsert = {
  SALESFORCE_OPERATION: 'upsert',
  SALESFORCE_EXTERNAL_ID_FIELD: 'ExternalId__c',
  FIELD_MAP: '{"mail":"Email","rank":"Level__c","internal":null}',
};
const healthy = { State: 'Enabled', LastProcessingResult: 'OK' };

beforeAll(async () => {
  account = await startDeployment();
});
afterAll(() => account.close());
beforeEach(() => {
  account.emulator.reset();
  account.secretsManager.put(
    'msk-salesforce-sink/local/salesforce',
    JSON.stringify({ clientId: 'local-client', clientSecret: 'local-secret' }),
  );
});

interface Finding {
  check: string;
  state: string;
  detail: string;
  remedy: string | null;
}

/** What the built doctor finds of the sink with these settings instead of its own. */
async function findings(
  settings: Record<string, string> = upsert,
  { mapping = healthy, event = {} }: { mapping?: object | null; event?: object } = {},
): Promise<Finding[]> {
  const environment = { ...account.sink.environment, ...settings };
  account.functions.deploy({ ...account.sink, environment });
  if (mapping !== null) account.functions.attach(functionNames.sink, mapping as never);
  const outcome = await account.functions.invoke(functionNames.doctor, {
    sinks: [functionNames.sink],
    ...event,
  });
  if (outcome.kind !== 'returned') throw new Error(outcome.errorMessage);
  const { sinks } = outcome.value as { sinks: { findings: Finding[] }[] };
  expect(JSON.stringify(sinks)).not.toMatch(/local-secret|old-secret/);
  return sinks.flatMap((one) => one.findings);
}

const bad = async (...given: Parameters<typeof findings>) =>
  (await findings(...given)).filter(({ state }) => state === 'failed');

describe('the doctor', () => {
  it('finds every part of a healthy sink passed', async () => {
    const found = await findings();
    expect(found.map(({ state, check }) => `${state} ${check}`)).toEqual([
      'passed function',
      'passed settings',
      'passed secret',
      'passed login',
      'passed API version',
      'passed object',
      'passed external id',
      'passed field Email',
      'passed field Level__c',
      'passed limits',
      'passed ledger',
      'passed errant queue',
      'passed mapping',
    ]);
  });

  it('asks a schema registry for a schema that it does not have, and registers none', async () => {
    const registry = await startSchemaRegistry();
    const found = await findings({ ...upsert, SCHEMA_REGISTRY_URL: registry.url });
    expect(found.find(({ check }) => check === 'schema registry')).toMatchObject({
      ...{ state: 'passed', detail: `${new URL(registry.url).host} can be read` },
    });
    expect(registry.requests()).toEqual(['GET /schemas/ids/2147483647']);
    await registry.close();
  });

  it('says that a URL is none of a schema registry', async () => {
    const url = `${account.emulator.url}/nothing`;
    expect(await bad({ ...upsert, SCHEMA_REGISTRY_URL: url })).toMatchObject([
      { check: 'schema registry', detail: expect.stringContaining('Check SCHEMA_REGISTRY_URL') },
    ]);
  });

  it('writes nothing, neither to the org nor to the ledger nor to the queue', async () => {
    await findings();
    expect(account.emulator.jobs()).toEqual([]);
    expect(await account.errantQueue.messages()).toEqual([]);
    expect(await account.ledgerTable.items()).toEqual([]);
  });

  it('reads settings from the deployed function, not from the event', async () => {
    const event = { environment: { SALESFORCE_URI: 'https://elsewhere.example' } };
    const found = await findings(upsert, { event });
    expect(JSON.stringify(found)).not.toContain('elsewhere');
  });

  it('gives a remedy for everything that is bad, and for nothing else', async () => {
    account.emulator.permit({ hidden: ['Contact.Level__c', 'Contact.ExternalId__c'] });
    for (const { state, remedy } of await findings({ ...upsert, LEDGER_TABLE: 'elsewhere' })) {
      expect(remedy !== null).toBe(state === 'failed');
    }
  });

  it('of a sink that is not deployed says so, and runs no further check', async () => {
    const found = await findings(upsert, { event: { sinks: ['elsewhere'] } });
    expect(found).toEqual([
      {
        ...{ check: 'function', state: 'failed', detail: 'There is no function elsewhere.' },
        remedy: 'Deploy the sink: npm run deploy',
      },
    ]);
  });

  it('tells every mistake of the settings, and leaves open what needs them', async () => {
    const found = await findings({ SALESFORCE_OBJECT: '', SALESFORCE_MAX_RETRIES: '11' });
    const [, settings, ...others] = found;
    expect(settings).toMatchObject({ check: 'settings', state: 'failed' });
    expect(settings?.detail).toMatch(
      /SALESFORCE_OBJECT is missing.*\n?.*SALESFORCE_MAX_RETRIES got/s,
    );
    const open = others.filter(({ state }) => state === 'skipped').map(({ check }) => check);
    expect(open).toEqual([...orgChecks, 'ledger', 'errant queue']);
  });
});

const secretName = 'msk-salesforce-sink/local/salesforce';

describe('the doctor finds bad', () => {
  it.each<[string, string, RegExp, () => void, Record<string, string>?]>([
    [
      'a secret that is not there',
      'secret',
      /^SECRET_NOT_FOUND/,
      () => undefined,
      { SALESFORCE_SECRET_ID: 'nowhere' },
    ],
    [
      'a secret of another form',
      'secret',
      /^SECRET_INVALID/,
      () => account.secretsManager.put(secretName, 'no'),
    ],
    [
      'a login that is refused',
      'login',
      /^LOGIN_REFUSED.*clientSecret/,
      () =>
        account.secretsManager.put(
          secretName,
          '{"clientId":"local-client","clientSecret":"old-secret"}',
        ),
    ],
    [
      'an API version that the org does not have',
      'API version',
      /does not have v99.0; its newest is v68.0/,
      () => undefined,
      { SALESFORCE_API_VERSION: 'v99.0' },
    ],
    [
      'an object that is not there',
      'object',
      /^OBJECT_INVALID.*Order__c/,
      () => undefined,
      { SALESFORCE_OBJECT: 'Order__c' },
    ],
    [
      'an external id field that is not visible',
      'external id',
      /^OBJECT_INVALID.*ExternalId__c/,
      () => account.emulator.permit({ hidden: ['Contact.ExternalId__c'] }),
    ],
    [
      'a mapped field that is not visible',
      'field Level__c',
      /^FIELD_UNKNOWN/,
      () => account.emulator.permit({ hidden: ['Contact.Level__c'] }),
    ],
    [
      'a mapped field that may not be written',
      'field Level__c',
      /^FIELD_NOT_WRITABLE/,
      () => account.emulator.permit({ readOnly: ['Contact.Level__c'] }),
    ],
    [
      'bulk batches that are used up',
      'limits',
      /^Only 0 of 15,000 bulk batches/,
      () => account.emulator.use({ bulkBatches: { used: 15_000 } }),
    ],
    [
      'a ledger that is not there',
      'ledger',
      /^LEDGER_REFUSED/,
      () => undefined,
      { LEDGER_TABLE: 'elsewhere' },
    ],
    [
      'a queue that cannot be reached',
      'errant queue',
      /^ERRANT_QUEUE_UNAVAILABLE/,
      () => undefined,
      { ERRANT_QUEUE_URL: 'http://127.0.0.1:1/000000000000/elsewhere' },
    ],
    [
      'a schema registry that cannot be reached',
      'schema registry',
      /^SCHEMA_REGISTRY_UNAVAILABLE/,
      () => undefined,
      { SCHEMA_REGISTRY_URL: 'http://127.0.0.1:1' },
    ],
  ])('%s', async (_name, check, detail, spoil, settings = {}) => {
    spoil();
    const found = await bad({ ...upsert, ...settings });
    expect(found).toMatchObject([{ check, detail: expect.stringMatching(detail) }]);
  });

  it.each([
    ['none', null, /no event source mapping/],
    ['disabled', { State: 'Disabled' }, /^Disabled/],
    [
      'enabled, with a problem',
      { State: 'Enabled', LastProcessingResult: 'PROBLEM: Connection error.' },
      /PROBLEM: Connection error/,
    ],
    ['still being made', { State: 'Creating' }, /^Creating/],
  ])('a mapping that is %s', async (_name, mapping, detail) => {
    const found = await bad(upsert, { mapping });
    expect(found).toMatchObject([{ check: 'mapping', detail: expect.stringMatching(detail) }]);
  });
});

it('a user that may not ask for the limits is no fault', async () => {
  const body = [{ message: 'x', errorCode: 'INSUFFICIENT_ACCESS' }];
  account.emulator.fault({
    call: 'limits',
    times: 9,
    action: { kind: 'status', status: 403, body },
  });
  const found = await findings();
  expect(found.find(({ check }) => check === 'limits')).toMatchObject({ state: 'skipped' });
});
