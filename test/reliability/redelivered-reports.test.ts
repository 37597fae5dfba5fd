import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { eventOf } from '../support/event.ts';
import { useServices } from '../support/services.ts';
import {
  containers,
  deliverTo,
  errantRecordsOf,
  killedAtFirstPoll,
  recordsOf,
  withLedger,
  withoutLedger,
} from './redelivered.ts';

const services = await useServices();

const names = () => services.org.records('Contact').map(({ LastName }) => String(LastName));
const named = (...all: readonly string[]) => all.map((LastName) => ({ LastName }));
const locked = { rowError: 'UNABLE_TO_LOCK_ROW:locked:--', match: { LastName: 'B' } };

describe('a record that was written', () => {
  it('is not reported when its field is hidden before the redelivery', async () => {
    const start = containers(services, withLedger(), 'hidden');
    const values = named('A', 'B').map((value) => ({ ...value, Level__c: 'Gold' }));
    const records = recordsOf('hidden', values);
    await killedAtFirstPoll(services, start, records);
    services.org.permit({ hidden: ['Contact.Level__c'] });
    expect(await deliverTo(start(), records)).toBeNull();
    services.org.permit({ hidden: [] });
    expect(await errantRecordsOf(services, 'hidden')).toEqual([]);
    expect(names().toSorted()).toEqual(['A', 'B']);
  });

  const byRecordId = withoutLedger({ SALESFORCE_RECORD_ID_FIELD: 'KafkaRecordId__c' });

  it('is not reported when a redelivery meets a field that only a creation can set', async () => {
    const contact = JSON.parse(readFileSync('emulator/objects/Contact.json', 'utf8'));
    for (const field of contact.fields) if (field.name === 'AccountId') field.updateable = false;
    services.org.describe(contact);
    const AccountId = services.org.seed('Account', { Name: 'A' });
    const start = containers(services, byRecordId, 'create-only');
    const records = recordsOf(
      'create-only',
      named('A', 'B').map((value) => ({ ...value, AccountId })),
    );
    await killedAtFirstPoll(services, start, records);
    expect(await deliverTo(start(), records)).toBeNull();
    expect(await errantRecordsOf(services, 'create-only')).toEqual([]);
    expect(names().toSorted()).toEqual(['A', 'B']);
  });

  it('is not reported when another job was first to create its row', async () => {
    const rowError =
      'DUPLICATE_VALUE:duplicate value found: KafkaRecordId__c duplicates value on record with id: 003Em0000000001:KafkaRecordId__c --';
    services.org.fault({ rowError, match: { LastName: 'B' } });
    const start = containers(services, byRecordId, 'twice');
    expect(await deliverTo(start(), recordsOf('twice', named('A', 'B')))).toBeNull();
    expect(await errantRecordsOf(services, 'twice')).toEqual([]);
  });

  it.each(['all', 'none'])(
    'is not reported when it was a delete, with %s tolerated',
    async (all) => {
      const rows = named('A', 'B').map((value) => ({ Id: services.org.seed('Contact', value) }));
      const settings = { SALESFORCE_OPERATION: 'delete', ERRORS_TOLERANCE: all };
      const start = containers(services, withoutLedger(settings), `delete-${all}`);
      const records = recordsOf(`delete-${all}`, rows);
      await killedAtFirstPoll(services, start, records);
      expect(await deliverTo(start(), records)).toBeNull();
      expect(await errantRecordsOf(services, `delete-${all}`)).toEqual([]);
      expect(names()).toEqual([]);
    },
  );
});

describe('a record that was reported', () => {
  it('is not written by a redelivery, though its row is no longer locked', async () => {
    const start = containers(services, withLedger(), 'reported');
    const records = recordsOf('reported', named('A', 'B'));
    services.org.fault({ ...locked, times: 3 });
    const first = start();
    services.proxies.queue.arm({
      match: ({ step }) => step === 'SendMessageBatch',
      when: 'after',
      action: { kind: 'call', run: () => first.lifetime.kill() },
    });
    await Promise.race([first.sink.deliver(eventOf(records)), first.lifetime.killed]);
    expect(await deliverTo(start(), records)).toBeNull();
    expect(names()).toEqual(['A']);
    expect(new Set(await errantRecordsOf(services, 'reported'))).toEqual(
      new Set(['1 UNABLE_TO_LOCK_ROW']),
    );
  });
});

it('a row that comes back without one of its values is reported, and not taken as written', async () => {
  const start = containers(services, withLedger({ UNKNOWN_FIELDS: 'send' }), 'left-out');
  services.proxies.salesforce.arm({
    match: ({ step }) => step === 'failedResults',
    when: 'before',
    action: {
      kind: 'malformed',
      body: '"sf__Id","sf__Error",Email,lastname\n"","INVALID_EMAIL_ADDRESS:Email: invalid email address: no address:Email --","no address",""\n',
    },
  });
  const records = recordsOf('left-out', [
    { lastname: 'A' },
    { lastname: 'B', Email: 'no address' },
  ]);
  expect(await deliverTo(start(), records)).toBeNull();
  expect(names()).toEqual(['A']);
  expect(await errantRecordsOf(services, 'left-out')).toEqual(['1 INVALID_EMAIL_ADDRESS']);
});
