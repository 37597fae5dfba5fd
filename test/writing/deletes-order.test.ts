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

/** A record of one of four keys. */
interface Given {
  readonly key: number;
  readonly kind: 'row' | 'delete' | 'invalid';
  readonly hasTitle: boolean;
}

const records = fc
  .array(
    fc.record<Given>({
      key: fc.nat(3),
      kind: fc.constantFrom('row', 'row', 'row', 'delete', 'delete', 'invalid'),
      hasTitle: fc.boolean(),
    }),
    { minLength: 8, maxLength: 24 },
  )
  .filter((given) => !endsSearchOfKey(given));

/** After how many rows of all jobs one is locked, or refused. */
const faults = fc.array(
  fc.record({ rowError: fc.constantFrom('UNABLE_TO_LOCK_ROW', 'DELETE_FAILED'), skip: fc.nat(20) }),
  { maxLength: 2 },
);

const keyOf = ({ key }: Given) => `k'${key}`;

function eventRecordOf(given: Given, offset: number): EventRecord {
  const timestamp = 1_700_000_000_000 + offset;
  if (given.kind === 'delete') {
    const key = Buffer.from(keyOf(given)).toString('base64');
    return { ...eventRecord({ offset, timestamp }), key };
  }
  const value = {
    ExternalId__c: keyOf(given),
    LastName: 'Ada',
    Visits__c: offset,
    ...(given.hasTitle ? { Title: `at ${offset}` } : {}),
    ...(given.kind === 'invalid' ? { Email: 'nobody' } : {}),
  };
  return eventRecord({ offset, value, timestamp });
}

/** The rows that the records leave, applied one by one; errant ones change nothing. */
function oneByOne(given: readonly Given[], errant: ReadonlyMap<number, string>) {
  const rows = new Map<string, { visits: number; title: string | null }>();
  given.forEach((record, offset) => {
    const key = keyOf(record);
    if (errant.has(offset)) return;
    if (record.kind === 'delete') rows.delete(key);
    else {
      const title = record.hasTitle ? `at ${offset}` : (rows.get(key)?.title ?? null);
      rows.set(key, { visits: offset, title });
    }
  });
  return [...rows].toSorted();
}

const contacts = () =>
  org
    .records('Contact')
    .map(({ ExternalId__c: key, Visits__c: visits, Title: title = null }) => {
      return [String(key), { visits, title }] as const;
    })
    .toSorted();

/** Offsets of invalid records that no later delete of their key can replace. */
const surelyErrant = (given: readonly Given[]): number[] =>
  given.flatMap(({ key, kind }, offset) => {
    const later = given.slice(offset + 1).filter((other) => other.key === key);
    const mayBeReplaced = later.some((other) => other.kind === 'delete');
    return kind === 'invalid' && !mayBeReplaced ? [offset] : [];
  });

it.each([
  ['with the job ledger', { LEDGER_TABLE: 'kept' }],
  ['without', {}],
])(
  'rows, deletes and re-creations in any cut equal applying them one by one, whatever is locked, refused, invalid or killed: %s',
  async (_mode, mode) => {
    const settings = { ...operations.upsert, TOMBSTONES: 'delete', ...mode };
    const isOnce = 'LEDGER_TABLE' in mode;
    await fc.assert(
      fc.asyncProperty(records, deliveries, faults, async (given, how, failing) => {
        org.reset();
        // Without a ledger a row may be written before its record is refused at the redelivery.
        const injected = failing.filter(({ rowError }) => isOnce || rowError !== 'DELETE_FAILED');
        for (const fault of injected) org.fault(fault);
        const errant = await deliverAll({ org, settings }, given.map(eventRecordOf), how);
        expect(contacts()).toEqual(oneByOne(given, errant));
        expect([...errant.keys()]).toEqual(expect.arrayContaining(surelyErrant(given)));
        const good = [...errant].filter(([offset]) => given[offset]?.kind !== 'invalid');
        const isRefused = injected.some(({ rowError }) => rowError === 'DELETE_FAILED');
        expect(good.filter(([, code]) => !(isRefused && code === 'DELETE_FAILED'))).toEqual([]);
      }),
      { numRuns: 12 },
    );
  },
);
