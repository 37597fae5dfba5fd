import { expect, it } from 'vitest';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { Deadline, systemClock } from '../../src/runtime/deadline.ts';
import { useEmulator } from '../support/emulator.ts';
import { eventOf, eventRecord } from '../support/event.ts';
import { sinkTo } from '../support/sink.ts';
import { inMemoryLedger } from '../writing/support/in-memory-ledger.ts';

const org = await useEmulator();

const within = new Deadline(systemClock, Number.POSITIVE_INFINITY);
const partitions = [0, 1].map((partition) => ({ cluster: 'c', topic: 'contacts', partition }));

/** Delivers records to a new container with this ledger, and returns its waits. */
async function flush(ledger: Ledger, records: readonly [number, number][]) {
  const sink = sinkTo(org.url, { LEDGER_TABLE: 'ledger' }, { ledger });
  const event = records.map(([partition, offset]) =>
    eventRecord({ partition, offset, value: { LastName: `${partition}-${offset}` } }),
  );
  expect(await sink.deliver(eventOf(event))).toBeNull();
  return sink.clock.sleeps;
}

it('a new container waits as long as jobs of this size took elsewhere', async () => {
  org.configure({ queueMs: 2 });
  const ledger = inMemoryLedger();
  const [first] = await flush(ledger, [
    [0, 1],
    [1, 1],
  ]);
  expect(first).toBe(1000);
  const state = await ledger.read(partitions, within);
  expect(state.size).toBe(2);
  for (const { durations } of state.values()) {
    expect(durations).toMatchObject([{ rows: 2, tookMs: expect.any(Number) }]);
  }
  // The other partition's item has seen another job of that size, which took longer.
  const changed = new Map(state);
  const durations = [{ rows: 2, tookMs: 7000, at: 1 }];
  changed.set('contacts-1', { ...state.get('contacts-1')!, durations });
  await ledger.write(state, changed, within);
  const [second] = await flush(ledger, [
    [1, 2],
    [1, 3],
  ]);
  // Less the moment since the job began.
  expect(second).toBeGreaterThan(6500);
  expect(second).toBeLessThanOrEqual(7000);
});
