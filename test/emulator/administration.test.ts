import contact from 'salesforce-bulk-emulator/objects/Contact.json' with { type: 'json' };
import { expect, test } from 'vitest';
import { useEmulator } from '../support/emulator.ts';
import { API, connect, JOBS } from './client.ts';

const emulator = await useEmulator({ apiLimit: 15_000 });
const client = await connect(emulator);

const control = async (path: string, body: unknown) => {
  const init = { method: 'POST', body: JSON.stringify(body) };
  const response = await fetch(`${emulator.url}/__emulator/${path}`, init);
  return { status: response.status, body: JSON.parse(await response.text()) };
};

const describeField = async (name: string) => {
  const { text } = await client.call('GET', `${API}/sobjects/Contact/describe`);
  return JSON.parse(text).fields.find((field: { name: string }) => field.name === name);
};

test('nearly exhausted calls show in every reply and in the limits', async () => {
  emulator.use({ apiRequests: { used: 14_300 } });
  const { headers } = await client.json('POST', JOBS, { object: 'Contact', operation: 'insert' });
  expect(headers.get('sforce-limit-info')).toBe('api-usage=14301/15000');
  const limits = await client.call('GET', `${API}/limits`);
  expect(limits.headers.get('sforce-limit-info')).toBe('api-usage=14302/15000');
  expect(JSON.parse(limits.text).DailyApiRequests).toEqual({ Max: 15_000, Remaining: 698 });
});

test('usage is set over HTTP too, and a reset restores it', async () => {
  const { status, body } = await control('usage', {
    apiRequests: { used: 90, max: 100 },
    bulkBatches: { used: 15_000 },
  });
  expect([status, body]).toEqual([
    200,
    { apiRequests: { Max: 100, Remaining: 10 }, bulkBatches: { Max: 15_000, Remaining: 0 } },
  ]);
  expect(await client.run('LastName\nAda\n')).toMatchObject({
    state: 'Failed',
    errorMessage: 'ExceededQuota : ApiBatchItems Limit exceeded',
  });
  expect((await control('usage', { apiRequests: { used: -1 } })).status).toBe(400);
  emulator.reset();
  const { headers } = await client.call('GET', `${API}/limits`);
  expect(headers.get('sforce-limit-info')).toBe('api-usage=1/15000');
});

test('every 2xx reply of the API has the used calls', async () => {
  await client.run('LastName\nAda\n');
  const { id } = emulator.jobs()[0] ?? { id: '' };
  const record = emulator.records('Contact')[0]?.['Id'];
  const paths = [
    `${JOBS}/${id}`,
    JOBS,
    ...['successfulResults', 'failedResults', 'unprocessedrecords'].map(
      (r) => `${JOBS}/${id}/${r}`,
    ),
    ...['', '/limits', '/sobjects', '/sobjects/Contact/describe'].map((path) => API + path),
    `${API}/sobjects/Contact/${record}`,
  ];
  for (const path of paths) {
    const { status, headers } = await client.call('GET', path);
    expect([path, status, headers.get('sforce-limit-info')]).toEqual([
      path,
      200,
      expect.stringMatching(/^api-usage=\d+\/15000$/),
    ]);
  }
  const deleted = await client.call('DELETE', `${JOBS}/${id}`);
  expect([deleted.status, deleted.headers.has('sforce-limit-info')]).toEqual([204, true]);
});

test('a field hidden by field-level security is not described, no column and no key', async () => {
  emulator.permit({ hidden: ['contact.title', 'Contact.ExternalId__c'] });
  expect(await describeField('Title')).toBeUndefined();
  expect(await client.run('LastName,Title\nAda,Countess\n')).toMatchObject({
    state: 'Failed',
    errorMessage: 'InvalidBatch : Field name not found : Title',
    numberRecordsProcessed: 0,
  });
  const job = { object: 'Contact', operation: 'upsert', externalIdFieldName: 'ExternalId__c' };
  expect((await client.json('POST', JOBS, job)).text).toContain('does not match an External ID');
  emulator.seed('Contact', { LastName: 'Ada', Title: 'Countess' });
  const id = emulator.records('Contact')[0]?.['Id'];
  const { text } = await client.call('GET', `${API}/sobjects/Contact/${id}`);
  expect(JSON.parse(text)).not.toHaveProperty('Title');
});

test('a read-only field is described as such, and fails each row that has it', async () => {
  expect((await control('permissions', { readOnly: ['Contact.Title'] })).body).toMatchObject({
    readOnly: ['Contact.Title'],
    hidden: [],
  });
  expect(await describeField('Title')).toMatchObject({ createable: false, updateable: false });
  const info = await client.run('LastName,Title\nAda,Countess\nBob,\n');
  expect(info).toMatchObject({ state: 'JobComplete', numberRecordsFailed: 1 });
  expect(await client.results(String(info['id']), 'failedResults')).toContain(
    'INVALID_FIELD_FOR_INSERT_UPDATE:Unable to create/update fields: Title.',
  );
});

test('hard deletion is a permission', async () => {
  const job = { object: 'Contact', operation: 'hardDelete' };
  expect((await client.json('POST', JOBS, job)).status).toBe(200);
  emulator.permit({ hardDelete: false });
  const { status, text } = await client.json('POST', JOBS, job);
  expect([status, JSON.parse(text)[0].errorCode]).toEqual([400, 'FEATURENOTENABLED']);
  emulator.reset();
  expect((await client.json('POST', JOBS, job)).status).toBe(200);
});

test('a required or unknown field cannot be hidden', async () => {
  expect((await control('permissions', { hidden: ['Contact.LastName'] })).body.error).toContain(
    'Contact.LastName is always visible',
  );
  expect(() => emulator.permit({ readOnly: ['Contact.Colour'] })).toThrow(
    'There is no field Contact.Colour',
  );
});

test('an added field is described and written', async () => {
  const colour = { ...contact.fields.find(({ name }) => name === 'Title'), name: 'Colour__c' };
  const before = await client.call('GET', `${API}/sobjects/Contact/describe`);
  expect((await client.run('LastName,Colour__c\nAda,red\n'))['state']).toBe('Failed');
  const changed = { ...contact, fields: [...contact.fields, colour] };
  expect(await control('objects', changed)).toEqual({ status: 201, body: { name: 'Contact' } });
  const after = await client.call('GET', `${API}/sobjects/Contact/describe`, {
    headers: { 'if-modified-since': before.headers.get('last-modified') ?? '' },
  });
  expect([after.status, JSON.parse(after.text)]).toEqual([200, changed]);
  expect((await client.run('LastName,Colour__c\nAda,red\n'))['state']).toBe('JobComplete');
  expect(() => emulator.describe({ name: 'X' })).toThrow('is not a describe result');
  emulator.reset();
  expect(await describeField('Colour__c')).toBeUndefined();
});

test('a describe result with an unlisted field type is accepted', async () => {
  const fields = contact.fields.map((field) =>
    field.name === 'Title' ? { ...field, type: 'novelty' } : field,
  );
  emulator.describe({ ...contact, fields });
  await client.run('LastName,Title\nAda,Countess\n');
  expect(emulator.records('Contact')).toMatchObject([{ Title: 'Countess' }]);
});

test('a default that only the picklist values have is applied', async () => {
  const fields = contact.fields.map((field) =>
    field.name === 'Level__c'
      ? { ...field, picklistValues: [{ active: true, value: 'Silver', defaultValue: true }] }
      : field,
  );
  emulator.describe({ ...contact, fields });
  await client.run('LastName\nAda\n');
  expect(emulator.records('Contact')).toMatchObject([{ Level__c: 'Silver' }]);
});

test('a record is read by its id, with all fields or some', async () => {
  const id = emulator.seed('Contact', { LastName: 'Ada' });
  const read = async (path: string) => {
    const { status, text } = await client.call('GET', `${API}/sobjects/Contact/${path}`);
    return [status, JSON.parse(text)];
  };
  expect(await read(`${id}?fields=lastname,Title`)).toEqual([
    200,
    {
      attributes: { type: 'Contact', url: `${API}/sobjects/Contact/${id}` },
      LastName: 'Ada',
      Title: null,
    },
  ]);
  const [, whole] = await read(id.slice(0, 15));
  expect(Object.keys(whole)).toHaveLength(contact.fields.length + 1);
  expect((await read(`${id}?fields=Colour`))[0]).toBe(400);
  await client.run(`Id\n${id}\n`, { operation: 'delete' });
  expect(await read(id)).toEqual([404, [expect.objectContaining({ errorCode: 'NOT_FOUND' })]]);
});

const QUEUE = '00G000000000001EAA';
const LEADS = 'LastName,Company\nAda,Acme\n';

test('an assignment rule sets the owner of created and updated records', async () => {
  const rule = emulator.assign({ object: 'Lead', ownerId: QUEUE.slice(0, 15) });
  await client.run(LEADS, { object: 'Lead', assignmentRuleId: rule });
  await client.run(LEADS, { object: 'Lead' });
  const [first, second] = emulator.records('Lead');
  expect([first?.['OwnerId'], second?.['OwnerId']]).toEqual([QUEUE, expect.stringMatching(/^005/)]);
  const job = { object: 'Lead', operation: 'update', assignmentRuleId: rule.slice(0, 15) };
  await client.run(`Id,Company\n${second?.['Id']},Acme\n`, job);
  expect(emulator.records('Lead')[1]).toMatchObject({ OwnerId: QUEUE });
});

test('an assignment rule is added over HTTP too', async () => {
  const added = await control('assignment-rules', { object: 'Case', ownerId: QUEUE });
  expect(added).toEqual({ status: 201, body: { id: expect.stringMatching(/^01Q\w{15}$/) } });
  expect((await control('assignment-rules', { object: 'Case', ownerId: 'x' })).status).toBe(400);
});

test('a text that is not the id of an assignment rule is malformed', async () => {
  const job = { object: 'Lead', operation: 'insert' };
  for (const assignmentRuleId of ['x', '00G000000000001EAA']) {
    const { status, text } = await client.json('POST', JOBS, { ...job, assignmentRuleId });
    expect([status, JSON.parse(text)[0].errorCode]).toEqual([400, 'MALFORMED_ID']);
  }
});
