import fc from 'fast-check';
import { type Emulator, startEmulator } from 'salesforce-bulk-emulator';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { EventRecord } from '../../src/kafka/event.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import type { HttpRequest } from '../../src/runtime/http/send.ts';
import { eventRecord } from '../support/event.ts';
import { Lifetime } from '../support/lifetime.ts';
import { inMemoryLedger } from './support/in-memory-ledger.ts';
import { operations, writerTo } from './support/write.ts';

let org: Emulator;

beforeAll(async () => {
  org = await startEmulator();
  org.configure({ queueMs: 0, chunkMs: 0 });
});
afterAll(() => org.close());

/** A record of one of four keys; some are invalid, some are locked at the first attempt. */
interface Given {
  readonly key: number;
  readonly kind: 'good' | 'invalid' | 'locked';
  readonly hasTitle: boolean;
}

/** A delivery: the size of the batch, and after how many calls the function is killed. */
interface Delivery {
  readonly records: number;
  readonly killedAfter: number | null;
}

const records = fc.array(
  fc.record<Given>({
    key: fc.nat(3),
    kind: fc.constantFrom('good', 'good', 'good', 'invalid', 'locked'),
    hasTitle: fc.boolean(),
  }),
  { minLength: 12, maxLength: 24 },
);

const deliveries = fc.array(
  fc.record<Delivery>({
    records: fc.integer({ min: 1, max: 12 }),
    killedAfter: fc.option(fc.integer({ min: 4, max: 30 }), { freq: 3 }),
  }),
  { minLength: 12, maxLength: 12 },
);

const whole: Delivery = { records: 24, killedAfter: null };

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

const late = () => new Error('not expected here');

/** An execution environment with the ledger, killed after `killedAfter` calls. */
function container(ledger: Ledger, { killedAfter }: Delivery) {
  const life = new Lifetime();
  let calls = 0;
  const settings = { ...operations.upsert, LEDGER_TABLE: 'kept' };
  const writer = writerTo(org, settings, {
    ledger: {
      read: life.guarded(ledger.read, late),
      write: life.guarded(ledger.write, late),
    },
    guard: ({ send, clock }) => ({
      send: life.guarded(async (request: HttpRequest) => {
        const reply = await send(request);
        calls += 1;
        if (calls === killedAfter) life.kill();
        return reply;
      }, late),
      clock: { ...clock, sleep: life.guarded(clock.sleep, late) },
    }),
  });
  return {
    write: (batch: readonly EventRecord[]) => Promise.race([writer.write(batch), life.killed]),
  };
}

/** Delivers a topic until it is committed, and returns the errant records' codes by offset. */
async function deliverAll(topic: readonly EventRecord[], how: readonly Delivery[]) {
  const ledger = inMemoryLedger();
  const errant = new Map<number, string>();
  let committed = 0;
  for (let n = 0; committed < topic.length; n++) {
    const delivery = how[n] ?? whole;
    const batch = topic.slice(committed, committed + delivery.records);
    const written = await container(ledger, delivery).write(batch);
    if (written === 'killed') continue;
    expect(written.error).toBeNull();
    for (const one of written.errant) {
      const [, offset, code = ''] = /@(\d+) (.*)$/.exec(one) ?? [];
      errant.set(Number(offset), code);
    }
    committed += batch.length;
  }
  return errant;
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
      const errant = await deliverAll(given.map(eventRecordOf), how);
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
