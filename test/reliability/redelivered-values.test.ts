import { describe, expect, it } from 'vitest';
import { useServices } from '../support/services.ts';
import {
  containers,
  deliverTo,
  errantRecordsOf,
  killedAtFirstPoll,
  recordsOf,
  withLedger,
} from './redelivered.ts';

const services = await useServices();

const contacts = () => services.org.records('Contact');
const names = () => contacts().map(({ LastName }) => String(LastName));

describe('a redelivery that is cut after the first record', () => {
  it('leaves the newer value where a key came in other capitals', async () => {
    const upsert = {
      SALESFORCE_OPERATION: 'upsert',
      SALESFORCE_EXTERNAL_ID_FIELD: 'ExternalId__c',
    };
    const start = containers(services, withLedger(upsert), 'capitals');
    const records = recordsOf('capitals', [
      { ExternalId__c: 'ANN@x.com', LastName: 'x', Visits__c: 1 },
      { ExternalId__c: 'ann@x.com', LastName: 'x', Visits__c: 2 },
      { ExternalId__c: 'bob@x.com', LastName: 'x', Email: 'no address' },
    ]);
    await killedAtFirstPoll(services, start, records);
    expect(await deliverTo(start(), records.slice(0, 1))).toBeNull();
    expect(await deliverTo(start(), records.slice(1))).toBeNull();
    expect(contacts().map(({ Visits__c }) => Visits__c)).toEqual([2]);
    expect(await errantRecordsOf(services, 'capitals')).toEqual(['2 INVALID_EMAIL_ADDRESS']);
  });

  it('leaves the newer value where an id came in 15 and in 18 characters', async () => {
    const id = services.org.seed('Contact', { LastName: 'x', Title: 'older' });
    const other = services.org.seed('Contact', { LastName: 'y' });
    const start = containers(services, withLedger({ SALESFORCE_OPERATION: 'update' }), 'ids');
    const records = recordsOf('ids', [
      { Id: id.slice(0, 15), Title: 'old' },
      { Id: id, Title: 'new' },
      { Id: other, Email: 'no address' },
    ]);
    await killedAtFirstPoll(services, start, records);
    expect(await deliverTo(start(), records.slice(0, 1))).toBeNull();
    expect(await deliverTo(start(), records.slice(1))).toBeNull();
    expect(contacts()[0]).toMatchObject({ LastName: 'x', Title: 'new' });
  });
});

it('a number that is sent in two spellings is no reason to write a row twice', async () => {
  const start = containers(services, withLedger(), 'numbers');
  const records = recordsOf('numbers', [
    { LastName: 'A', Score__c: '5' },
    { LastName: 'B', Score__c: '5.0' },
    { LastName: 'C', Email: 'no address' },
  ]);
  await killedAtFirstPoll(services, start, records);
  expect(await deliverTo(start(), records.slice(0, 2))).toBeNull();
  expect(await deliverTo(start(), records.slice(2))).toBeNull();
  expect(names().toSorted()).toEqual(['A', 'B']);
});

it('a failed job whose counters say nothing keeps the rows that it has written', async () => {
  const start = containers(services, withLedger(), 'counters');
  services.org.fault({ job: 'fail', afterRows: 2 });
  services.proxies.salesforce.arm({
    match: ({ step }) => {
      const [first, ...others] = services.org.jobs();
      return step === 'info' && first?.state === 'Failed' && others.length === 0;
    },
    when: 'before',
    times: 100,
    action: {
      kind: 'malformed',
      get body() {
        const counts = { numberRecordsProcessed: 0, numberRecordsFailed: 0 };
        return JSON.stringify({ id: services.org.jobs()[0]?.id, state: 'Failed', ...counts });
      },
    },
  });
  const records = recordsOf(
    'counters',
    ['A', 'B', 'C', 'D'].map((LastName) => ({ LastName })),
  );
  for (let delivery = 0; delivery < 3; delivery++) {
    if ((await deliverTo(start(), records)) === null) break;
  }
  expect(names().toSorted()).toEqual(['A', 'B', 'C', 'D']);
});
