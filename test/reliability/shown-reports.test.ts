import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventOf } from '../support/event.ts';
import {
  containers,
  deliverTo,
  killedAtLook,
  recordsOf,
  waitingOf,
  withLedger,
  withoutLedger,
} from './redelivered.ts';
import { startWorld, type World } from './world.ts';

let world: World;

beforeAll(async () => {
  world = await startWorld();
});
beforeEach(() => world.org.reset());
afterAll(() => world.close());

const names = () => world.org.records('Contact').map(({ LastName }) => String(LastName));
const named = (...all: readonly string[]) => all.map((LastName) => ({ LastName }));
const locked = { rowError: 'UNABLE_TO_LOCK_ROW:locked:--', match: { LastName: 'B' } };

describe('a record that was written', () => {
  it('is not reported when its field is hidden before the redelivery', async () => {
    const start = containers(world, withLedger(), 'hidden');
    const values = named('A', 'B').map((value) => ({ ...value, Level__c: 'Gold' }));
    const records = recordsOf('hidden', values);
    await killedAtLook(world, start, records);
    world.org.permit({ hidden: ['Contact.Level__c'] });
    expect(await deliverTo(start(), records)).toBeNull();
    world.org.permit({ hidden: [] });
    expect(await waitingOf(world, 'hidden')).toEqual([]);
    expect(names().toSorted()).toEqual(['A', 'B']);
  });

  const byRecordId = withoutLedger({ SALESFORCE_RECORD_ID_FIELD: 'KafkaRecordId__c' });

  it('is not reported when a redelivery meets a field that only a creation can set', async () => {
    const contact = JSON.parse(readFileSync('emulator/src/objects/Contact.json', 'utf8'));
    for (const field of contact.fields) if (field.name === 'AccountId') field.updateable = false;
    world.org.describe(contact);
    const AccountId = world.org.seed('Account', { Name: 'A' });
    const start = containers(world, byRecordId, 'create-only');
    const records = recordsOf(
      'create-only',
      named('A', 'B').map((value) => ({ ...value, AccountId })),
    );
    await killedAtLook(world, start, records);
    expect(await deliverTo(start(), records)).toBeNull();
    expect(await waitingOf(world, 'create-only')).toEqual([]);
    expect(names().toSorted()).toEqual(['A', 'B']);
  });

  it('is not reported when another job was first to create its row', async () => {
    const rowError =
      'DUPLICATE_VALUE:duplicate value found: KafkaRecordId__c duplicates value on record with id: 003Em0000000001:KafkaRecordId__c --';
    world.org.fault({ rowError, match: { LastName: 'B' } });
    const start = containers(world, byRecordId, 'twice');
    expect(await deliverTo(start(), recordsOf('twice', named('A', 'B')))).toBeNull();
    expect(await waitingOf(world, 'twice')).toEqual([]);
  });

  it.each(['all', 'none'])(
    'is not reported when it was a delete, with %s tolerated',
    async (all) => {
      const rows = named('A', 'B').map((value) => ({ Id: world.org.seed('Contact', value) }));
      const settings = { SALESFORCE_OPERATION: 'delete', ERRORS_TOLERANCE: all };
      const start = containers(world, withoutLedger(settings), `delete-${all}`);
      const records = recordsOf(`delete-${all}`, rows);
      await killedAtLook(world, start, records);
      expect(await deliverTo(start(), records)).toBeNull();
      expect(await waitingOf(world, `delete-${all}`)).toEqual([]);
      expect(names()).toEqual([]);
    },
  );
});

describe('a record that was reported', () => {
  it('is not written by a redelivery, though its row is no longer locked', async () => {
    const start = containers(world, withLedger(), 'reported');
    const records = recordsOf('reported', named('A', 'B'));
    world.org.fault({ ...locked, times: 3 });
    const first = start();
    world.proxies.queue.arm({
      match: ({ step }) => step === 'SendMessageBatch',
      when: 'after',
      action: { kind: 'call', run: () => first.life.kill() },
    });
    await Promise.race([first.sink.deliver(eventOf(records)), first.life.killed]);
    expect(await deliverTo(start(), records)).toBeNull();
    expect(names()).toEqual(['A']);
    expect(new Set(await waitingOf(world, 'reported'))).toEqual(new Set(['1 UNABLE_TO_LOCK_ROW']));
  });
});

it('a row that comes back without one of its values is reported, and nobody takes it for written', async () => {
  const start = containers(world, withLedger({ UNKNOWN_FIELDS: 'send' }), 'left-out');
  world.proxies.salesforce.arm({
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
  expect(await waitingOf(world, 'left-out')).toEqual(['1 INVALID_EMAIL_ADDRESS']);
});
