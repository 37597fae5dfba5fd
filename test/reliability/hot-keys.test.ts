import { expect, it } from 'vitest';
import { useEmulator } from '../support/emulator.ts';
import { eventRecord } from '../support/event.ts';
import { inMemoryLedger } from '../writing/support/in-memory-ledger.ts';
import { operations, writerTo } from '../writing/support/write.ts';

const org = await useEmulator({ pace: { queueMs: 0, chunkMs: 0 } });

/** Where a job of the ledger's sink is known, and where it is not. */
const ledgers = (hasLedger: boolean) =>
  hasLedger
    ? { settings: { LEDGER_TABLE: 'kept' }, parts: { ledger: inMemoryLedger() } }
    : { settings: {}, parts: {} };

it.each([
  [50, true],
  [200, true],
  [50, false],
])(
  'of %i records of a row that refuses everything each is reported, after six jobs at most (ledger: %s)',
  async (count, hasLedger) => {
    const rowError = 'ENTITY_IS_LOCKED:the entity is locked for editing:--';
    org.fault({ rowError, match: { ExternalId__c: 'HOT' }, times: null });
    const { settings, parts } = ledgers(hasLedger);
    const records = Array.from({ length: count }, (_, offset) =>
      eventRecord({
        offset,
        value: { ExternalId__c: 'HOT', LastName: 'x', Visits__c: offset },
      }),
    );
    const { write } = writerTo(org, { ...operations.upsert, ...settings }, parts);
    const { error, errant } = await write(records);
    expect([error, errant.length]).toEqual([null, count]);
    expect(org.jobs().length).toBeLessThanOrEqual(6);
  },
);

it.each([
  [100, true],
  [40, false],
])(
  'of %i updates of a row that is gone each is reported, after six jobs at most (ledger: %s)',
  async (count, hasLedger) => {
    const { settings, parts } = ledgers(hasLedger);
    const records = Array.from({ length: count }, (_, offset) =>
      eventRecord({ offset, value: { Id: '003Em0zzzzzzzzz', Visits__c: offset } }),
    );
    const { write } = writerTo(org, { ...operations.update, ...settings }, parts);
    const { error, errant } = await write(records);
    expect([error, errant.length]).toEqual([null, count]);
    expect(org.jobs().length).toBeLessThanOrEqual(6);
  },
);
