import { expect, it } from 'vitest';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { emptyPartition, type LedgerState, partitionKey } from '../../src/ledger/state.ts';
import { useEmulator } from '../support/emulator.ts';
import { eventOf, eventRecord } from '../support/event.ts';
import { sinkTo } from '../support/sink.ts';

const org = await useEmulator();

/** A ledger that keeps its state in memory. */
function ledgerIn(kept: { state: LedgerState }): Ledger {
  return {
    read: async (partitions) => {
      const ofEvent = partitions.map(({ topic, partition }) => {
        const nothing = emptyPartition(topic, partition);
        return [partitionKey(nothing), kept.state.get(partitionKey(nothing)) ?? nothing] as const;
      });
      return new Map(ofEvent);
    },
    write: async (_before, after) => {
      kept.state = new Map([...kept.state, ...after]);
      return after;
    },
  };
}

const flush = async (kept: { state: LedgerState }, records: readonly [number, number][]) => {
  const sink = sinkTo(org.url, { LEDGER_TABLE: 'ledger' }, { ledger: ledgerIn(kept) });
  const event = records.map(([partition, offset]) =>
    eventRecord({ partition, offset, value: { LastName: `${partition}-${offset}` } }),
  );
  expect(await sink.deliver(eventOf(event))).toBeNull();
  return sink.clock.sleeps;
};

it('a new container waits as long as jobs of this size took elsewhere', async () => {
  org.configure({ queueMs: 2 });
  const kept = { state: new Map() as LedgerState };
  const [first] = await flush(kept, [
    [0, 1],
    [1, 1],
  ]);
  expect(first).toBe(1000);
  for (const { durations } of kept.state.values()) {
    expect(durations).toMatchObject([{ rows: 2, tookMs: expect.any(Number) }]);
  }
  // The other partition's item has seen another job of that size, which took longer.
  const other = kept.state.get('contacts-1') ?? emptyPartition('contacts', 1);
  const durations = [{ rows: 2, tookMs: 7000, at: 1 }];
  kept.state = new Map([...kept.state, ['contacts-1', { ...other, durations }]]);
  const [second] = await flush(kept, [
    [1, 2],
    [1, 3],
  ]);
  // Less the moment since the job began.
  expect(second).toBeGreaterThan(6500);
  expect(second).toBeLessThanOrEqual(7000);
});
