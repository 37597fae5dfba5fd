import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { EventRecord } from '../../src/kafka/event.ts';
import { useEmulator } from '../support/emulator.ts';
import { eventRecord } from '../support/event.ts';
import { deliverAll, deliveries } from './support/deliveries.ts';
import { endsSearchOfKey } from './support/search-end.ts';
import { operations } from './support/write.ts';

const org = await useEmulator();
org.configure({ queueMs: 0, chunkMs: 0 });

/** A record of one of four keys; some are invalid, some are locked at the first attempt. */
interface Given {
  readonly key: number;
  readonly kind: 'good' | 'invalid' | 'locked';
  readonly hasTitle: boolean;
}

const records = fc
  .array(
    fc.record<Given>({
      key: fc.nat(3),
      kind: fc.constantFrom('good', 'good', 'good', 'invalid', 'locked'),
      hasTitle: fc.boolean(),
    }),
    { minLength: 12, maxLength: 24 },
  )
  .filter((given) => !endsSearchOfKey(given));

const settings = { ...operations.upsert, LEDGER_TABLE: 'kept' };

const keyOf = ({ key }: Given) => `k${key}`;

function eventRecordOf(given: Given, offset: number): EventRecord {
  const value = {
    ExternalId__c: keyOf(given),
    LastName: 'Ada',
    Visits__c: offset,
    ...(given.hasTitle ? { Title: `at ${offset}` } : {}),
    ...(given.kind === 'invalid' ? { Email: 'nobody' } : {}),
  };
  return eventRecord({ offset, value, timestamp: 1_700_000_000_000 + offset });
}

/** The expected row of each key: the last values of the records that are not errant. */
function expected(given: readonly Given[], errant: ReadonlyMap<number, string>) {
  const rows = new Map<string, { visits: number; title: string | null }>();
  given.forEach((record, offset) => {
    if (errant.has(offset)) return;
    const title = record.hasTitle ? `at ${offset}` : (rows.get(keyOf(record))?.title ?? null);
    rows.set(keyOf(record), { visits: offset, title });
  });
  return [...rows].toSorted();
}

it('no record of a key is superseded by an earlier one, whatever is locked, invalid, killed or rebatched', async () => {
  await fc.assert(
    fc.asyncProperty(records, deliveries, async (given, how) => {
      org.reset();
      given.forEach((record, offset) => {
        if (record.kind !== 'locked') return;
        org.fault({ rowError: 'UNABLE_TO_LOCK_ROW', match: { Visits__c: String(offset) } });
      });
      const errant = await deliverAll({ org, settings }, given.map(eventRecordOf), how);
      const rows = org.records('Contact').map((row) => {
        const { ExternalId__c: key, Visits__c: visits, Title: title = null } = row;
        return [String(key), { visits, title }] as const;
      });
      expect(rows.toSorted()).toEqual(expected(given, errant));
      const invalid = given.flatMap(({ kind }, offset) => (kind === 'invalid' ? [offset] : []));
      expect([...errant.keys()].toSorted((one, other) => one - other)).toEqual(invalid);
    }),
    { numRuns: 8 },
  );
});
