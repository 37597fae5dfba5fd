import { expect, test } from 'vitest';
import { explain } from './session.ts';
import { useApi } from './use-api.ts';

const api = useApi();

test.each(['Account', 'Contact'])(
  '%s is described with the properties that a writer needs',
  async (object) => {
    const { status, text } = await api().call('GET', `${api().base}/sobjects/${object}/describe`);
    const description = JSON.parse(text);
    expect([status, description]).toEqual([
      200,
      expect.objectContaining({
        name: object,
        keyPrefix: expect.stringMatching(/^\w{3}$/),
        createable: true,
        updateable: true,
        deletable: true,
      }),
    ]);
    for (const field of description.fields) {
      expect(field).toMatchObject({
        name: expect.any(String),
        label: expect.any(String),
        type: expect.any(String),
        length: expect.any(Number),
        nillable: expect.any(Boolean),
        createable: expect.any(Boolean),
        updateable: expect.any(Boolean),
        defaultedOnCreate: expect.any(Boolean),
        externalId: expect.any(Boolean),
        idLookup: expect.any(Boolean),
        restrictedPicklist: expect.any(Boolean),
        picklistValues: expect.any(Array),
        referenceTo: expect.any(Array),
      });
    }
  },
);

test('describe returns required fields and lookup keys', async () => {
  const { text } = await api().call('GET', `${api().base}/sobjects/Contact/describe`);
  const fields: Record<string, unknown>[] = JSON.parse(text).fields;
  const find = (name: string) => fields.find((field) => field['name'] === name);
  expect(find('Id')).toMatchObject({ type: 'id', idLookup: true, createable: false });
  expect(find('LastName')).toMatchObject({
    createable: true,
    nillable: false,
    defaultedOnCreate: false,
  });
  expect(find('Email')).toMatchObject({ type: 'email', idLookup: true, externalId: false });
  expect(find('AccountId')).toMatchObject({
    type: 'reference',
    referenceTo: ['Account'],
    relationshipName: 'Account',
  });
});

test('describe is not sent again to a client that has it', async () => {
  const path = `${api().base}/sobjects/Contact/describe`;
  const since = (await api().call('GET', path)).headers.get('last-modified');
  expect(since).not.toBeNull();
  const { status, text } = await api().call('GET', path, {
    headers: { 'if-modified-since': since ?? '' },
  });
  expect([status, text]).toEqual([304, '']);
});

test('an unknown object is a 404', async () => {
  const reply = await api().call('GET', `${api().base}/sobjects/Nothing__c/describe`);
  expect(explain(reply)).toBe('404 NOT_FOUND: The requested resource does not exist');
});

test('limits and the header of every reply have the remaining calls', async () => {
  const { status, headers, text } = await api().call('GET', `${api().base}/limits`);
  const amount = { Max: expect.any(Number), Remaining: expect.any(Number) };
  expect([status, JSON.parse(text)]).toEqual([
    200,
    expect.objectContaining({ DailyApiRequests: amount, DailyBulkApiBatches: amount }),
  ]);
  const [, max] = /\bapi-usage=\d+\/(\d+)/.exec(headers.get('sforce-limit-info') ?? '') ?? [];
  expect(Number(max)).toBe(JSON.parse(text).DailyApiRequests.Max);
});

test('a call costs one', async () => {
  const used = async () => {
    const { headers } = await api().call('GET', api().base);
    return Number(/api-usage=(\d+)/.exec(headers.get('sforce-limit-info') ?? '')?.[1]);
  };
  const before = await used();
  // Other clients may call an org in between, and it may count late.
  const after = await used();
  if (api().target.kind === 'emulator') expect(after).toBe(before + 1);
  else expect(after).toBeGreaterThanOrEqual(before);
});
