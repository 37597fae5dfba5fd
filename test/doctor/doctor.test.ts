import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  functionNames,
  type LocalDeployment,
  startDeployment,
} from '../../local/deployment/deployment.ts';
import { orgChecks } from '../../src/doctor/check-org.ts';
import { startSchemaRegistry } from '../support/schema-registry/schema-registry.ts';

let account: LocalDeployment;
/** What the functions wrote. */
const lines: string[] = [];

const upsert = {
  SALESFORCE_OPERATION: 'upsert',
  SALESFORCE_EXTERNAL_ID_FIELD: 'ExternalId__c',
  FIELD_MAP: '{"mail":"Email","rank":"Level__c","internal":null}',
};
const healthy = { State: 'Enabled', LastProcessingResult: 'OK' };

beforeAll(async () => {
  account = await startDeployment({}, {}, ({ text }) => void lines.push(text));
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

it('the doctor says its release and that of each sink, and warns if they differ', async () => {
  const diagnosis = async (release: string) => {
    const environment = { ...account.sink.environment, ...upsert, SINK_RELEASE: release };
    account.functions.deploy({ ...account.sink, environment });
    const event = { sinks: [functionNames.sink], hasMapping: false };
    const outcome = await account.functions.invoke(functionNames.doctor, event);
    if (outcome.kind !== 'returned') throw new Error(outcome.errorMessage);
    return outcome.value as { release: string; sinks: { findings: Finding[] }[] };
  };
  const { release, ...other } = await diagnosis('0.1.9');
  expect(release).toMatch(/^\d+\.\d+\.\d+/);
  expect(other.sinks[0]).toMatchObject({ release: '0.1.9' });
  expect(other.sinks[0]?.findings[0]).toMatchObject({
    ...{ check: 'function', state: 'warned' },
    detail: 'deployed with 512 MB and 60 s, release 0.1.9',
    remedy: `Deploy the stage: its doctor is of release ${release}.`,
  });
  const same = await diagnosis(release);
  expect(same.sinks[0]).toMatchObject({ release });
  expect(same.sinks[0]?.findings[0]).toMatchObject({ state: 'passed' });
});

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
      'skipped duplicate rules',
      'passed open jobs',
      'passed limits',
      'passed API support',
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
      expect(remedy !== null).toBe(state === 'failed' || state === 'warned');
    }
  });

  it('of a sink that is not deployed says so, and runs no further check', async () => {
    const found = await findings(upsert, { event: { sinks: ['elsewhere'] } });
    expect(found).toEqual([
      {
        ...{ check: 'function', state: 'failed', detail: 'There is no function elsewhere.' },
        remedy: 'Deploy the sink: npm run deploy -- --stage STAGE',
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
      'an API version without Bulk API 2.0',
      'API version',
      /takes data from v41.0 on, not with v40.0/,
      () => undefined,
      { SALESFORCE_API_VERSION: 'v40.0' },
    ],
    [
      'a wrong expression',
      'TRANSFORM',
      /^CONFIG_INVALID: TRANSFORM is not a JSONata expression/,
      () => undefined,
      { TRANSFORM: '{' },
    ],
    [
      'a look-up of deletes that Salesforce refuses',
      'delete lookup',
      /^OBJECT_INVALID: Rows of Contact to delete could not be looked up by ExternalId__c/,
      () => {
        const body = [{ message: 'x', errorCode: 'INVALID_FIELD' }];
        // The first query is that of the look-up.
        account.emulator.fault({
          call: 'query',
          times: 1,
          action: { kind: 'status', status: 400, body },
        });
      },
      { TOMBSTONES: 'delete' },
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
    [
      'enabled, with a filter that Lambda cannot use',
      { ...healthy, FilterCriteriaError: { ErrorCode: 'KMSAccessDenied', Message: 'denied' } },
      /cannot use the filter \(KMSAccessDenied\): denied/,
    ],
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

it('looks up deletes by the external id, and tells the filter of the mapping', async () => {
  const filter = { FilterCriteria: { Filters: [{ Pattern: '{"value":{"a":[1]}}' }] } };
  const mapping = { ...healthy, ...filter };
  const found = await findings({ ...upsert, TOMBSTONES: 'delete' }, { mapping });
  expect(found).toContainEqual(
    expect.objectContaining({ check: 'delete lookup', state: 'passed' }),
  );
  expect(found.find(({ check }) => check === 'mapping')?.detail).toMatch(
    /filter \{"value":\{"a":\[1\]\}\}$/,
  );
});

describe('the doctor warns', () => {
  const warned = async (event: object = {}) =>
    (await findings(upsert, { event })).filter(({ state }) => state === 'warned');

  /** Calls the API as the sink's user. */
  async function callApi(path: string, init: RequestInit = {}): Promise<unknown> {
    const token = await fetch(`${account.emulator.url}/services/oauth2/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: 'local-client',
        client_secret: 'local-secret',
      }),
    });
    const { access_token } = (await token.json()) as { access_token: string };
    const headers = {
      authorization: `Bearer ${access_token}`,
      'content-type': 'application/json',
    };
    const url = `${account.emulator.url}/services/data/v65.0${path}`;
    return (await fetch(url, { ...init, headers })).json();
  }

  /** A job that is created and never closed. */
  async function leaveOpen(object: string): Promise<string> {
    const body = JSON.stringify({ object, operation: 'insert' });
    return ((await callApi('/jobs/ingest', { method: 'POST', body })) as { id: string }).id;
  }

  /** Lists the jobs as if they had been created an hour ago. */
  async function anHourLater(): Promise<void> {
    const list = (await callApi('/jobs/ingest')) as { records: object[] };
    const createdDate = new Date(Date.now() - 3_700_000).toISOString();
    const body = { ...list, records: list.records.map((job) => ({ ...job, createdDate })) };
    account.emulator.fault({
      call: 'list',
      times: 1,
      action: { kind: 'status', status: 200, body },
    });
  }

  it('of jobs of the sink that were left open for longer than a flush', async () => {
    const id = await leaveOpen('Contact');
    await leaveOpen('Account');
    expect(await warned()).toEqual([]);
    await anHourLater();
    expect(await warned()).toEqual([
      {
        ...{ check: 'open jobs', state: 'warned' },
        detail: `1 left open, the oldest for 1 h: ${id}`,
        remedy: expect.stringContaining('Bulk Data Load Jobs'),
      },
    ]);
  });

  it('not of jobs on its schedule, which costs a call for each thousand', async () => {
    const found = await findings(upsert, { event: { listsJobs: false } });
    expect(found.find(({ check }) => check === 'open jobs')).toMatchObject({ state: 'skipped' });
    expect(account.emulator.requests().filter(({ call }) => call === 'list')).toEqual([]);
  });

  it('of duplicate rules that are active', async () => {
    const records = [{ Id: '0Bm000000000001AAA', MasterLabel: 'Standard Contact Rule' }];
    const body = { totalSize: 1, done: true, records };
    account.emulator.fault({
      call: 'query',
      times: 1,
      action: { kind: 'status', status: 200, body },
    });
    expect(await warned()).toMatchObject([
      { check: 'duplicate rules', detail: 'active for Contact: Standard Contact Rule' },
    ]);
  });

  it('of an API version whose end Salesforce has announced', async () => {
    const headers = { warning: '299 - "This API is deprecated."' };
    account.emulator.fault({
      call: 'limits',
      times: 1,
      action: { kind: 'status', status: 403, headers },
    });
    expect(await warned()).toMatchObject([
      { check: 'API support', detail: 'Salesforce says of v65.0: This API is deprecated.' },
    ]);
  });
});

describe('a doctor that reports', () => {
  const reported = async (settings: Record<string, string>) => {
    const before = lines.length;
    await findings(settings, { event: { reports: true } });
    return lines
      .slice(before)
      .filter((text) => text.startsWith('{'))
      .map((text) => JSON.parse(text));
  };

  it('counts the failed checks of all sinks, and logs each', async () => {
    const said = await reported({ ...upsert, LEDGER_TABLE: 'elsewhere' });
    expect(said.find((line) => '_aws' in line)).toMatchObject({
      ...{ doctor: functionNames.doctor, FailedChecks: 1 },
    });
    expect(said.find(({ message }) => message === 'check failed')).toMatchObject({
      ...{ sink: functionNames.sink, check: 'ledger', level: 'ERROR' },
    });
  });

  it('counts none where nothing is wrong', async () => {
    const said = await reported(upsert);
    expect(said).toMatchObject([{ FailedChecks: 0 }]);
  });
});
