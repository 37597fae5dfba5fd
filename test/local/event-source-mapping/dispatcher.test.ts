import fc from 'fast-check';
import { expect, test } from 'vitest';
import { offsetsInMemory } from '../../../local/event-source-mapping/committed-offsets.ts';
import type { KafkaEvent } from '../../../local/event-source-mapping/event.ts';
import { type MappingSettings, startMapping } from '../../../local/event-source-mapping/mapping.ts';
import type { MappingEvent } from '../../../local/event-source-mapping/mapping-event.ts';
import { memorySource } from '../../../local/event-source-mapping/memory-source.ts';
import type {
  RecordBuffer,
  RecordSource,
} from '../../../local/event-source-mapping/record-source.ts';
import type { Sleep } from '../../../local/event-source-mapping/sleep.ts';
import type { Outcome } from '../../../local/lambda-runtime/outcome.ts';
import { returnedOutcome, threwOutcome } from './outcomes.ts';
import { sampleOrigin, sampleRecord, sampleRecords } from './records.ts';

const never: Sleep = (_ms, signal) =>
  new Promise((done) => signal.addEventListener('abort', () => done()));
const turn = () => new Promise((done) => setImmediate(done));

/** A source that a test feeds by hand, and that ends on request. */
function handFedSource() {
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  const { promise: begun, resolve: begin } = Promise.withResolvers<RecordBuffer>();
  const committed: string[] = [];
  const source: RecordSource = {
    async read(intake, signal) {
      begin(intake);
      signal.addEventListener('abort', () => end());
      await ended;
    },
    async commit(pending) {
      const positions = pending();
      for (const { partition, offset } of positions) committed.push(`${partition}:${offset}`);
      return positions;
    },
    close: async () => undefined,
  };
  return { source, begun, end, committed };
}

interface Flight {
  partitions: string[];
  finish: (outcome: Outcome) => void;
}

/** An `invoke` whose invocations stay in flight until the test ends them. */
function flights() {
  const inFlight: Flight[] = [];
  const invoke: MappingSettings['invoke'] = (event) =>
    new Promise((finish) => {
      inFlight.push({ partitions: Object.keys((event as KafkaEvent).records), finish });
    });
  return { invoke, inFlight };
}

test('other partitions go on while one is held up', async () => {
  const { source, begun, committed, end } = handFedSource();
  const { invoke, inFlight } = flights();
  const mapping = startMapping({
    ...{ source, invoke, origin: sampleOrigin, concurrency: 2 },
    limits: { maxRecords: 2, windowMs: 0 },
  });
  const intake = await begun;
  for (const record of sampleRecords(4)) intake.put(record);
  await expect.poll(() => inFlight.length).toBe(1);
  for (const record of sampleRecords(4, { partition: 1 })) intake.put(record);
  await expect.poll(() => inFlight.length).toBe(2);
  inFlight[1]!.finish(returnedOutcome);
  await expect.poll(() => inFlight.length).toBe(3);

  expect(inFlight.map(({ partitions }) => partitions)).toEqual([
    ['contacts-0'],
    ['contacts-1'],
    ['contacts-1'],
  ]);
  inFlight[2]!.finish(returnedOutcome);
  await expect.poll(() => committed).toEqual(['1:2', '1:4']);
  inFlight[0]!.finish(returnedOutcome);
  await expect.poll(() => inFlight.length).toBe(4);
  inFlight[3]!.finish(returnedOutcome);
  end();
  await mapping.done;
  expect(committed).toEqual(['1:2', '1:4', '0:2', '0:4']);
});

test('batches that wait for a redelivery leave the slots to others', async () => {
  const outcomes = new Map<string, Outcome>([
    ['contacts-0', threwOutcome],
    ['contacts-1', threwOutcome],
  ]);
  const delivered: string[] = [];
  const { source, begun, committed } = handFedSource();
  const mapping = startMapping({
    source,
    origin: sampleOrigin,
    concurrency: 1,
    limits: { maxRecords: 1, windowMs: 0 },
    sleep: (ms, signal) => (ms === 0 ? turn().then(() => undefined) : never(ms, signal)),
    invoke: async (event) => {
      const [name = ''] = Object.keys((event as KafkaEvent).records);
      delivered.push(name);
      return outcomes.get(name) ?? returnedOutcome;
    },
  });
  const intake = await begun;
  for (const partition of [0, 1, 2]) intake.put(sampleRecord({ partition }));

  await expect.poll(() => committed).toEqual(['2:1']);
  expect(delivered).toEqual(['contacts-0', 'contacts-1', 'contacts-2']);
  await mapping.stop();
});

test('a batch closes when its window has passed, and the next window opens with a record', async () => {
  const windows: { ms: number; close: () => void }[] = [];
  const sizes: number[] = [];
  const { source, begun, end } = handFedSource();
  const mapping = startMapping({
    source,
    origin: sampleOrigin,
    limits: { maxRecords: 100, windowMs: 60_000 },
    sleep: (ms) => new Promise((close) => windows.push({ ms, close })),
    invoke: async (event) => {
      sizes.push(Object.values((event as KafkaEvent).records).flat().length);
      return returnedOutcome;
    },
  });
  const intake = await begun;
  await turn();
  expect(windows).toHaveLength(0);
  for (const record of sampleRecords(2)) intake.put(record);
  await expect.poll(() => windows.length).toBe(1);
  windows[0]!.close();
  await expect.poll(() => sizes).toEqual([2]);
  await turn();
  expect(windows).toHaveLength(1);
  intake.put(sampleRecord({ offset: 2 }));
  await expect.poll(() => windows.length).toBe(2);
  end();
  await mapping.done;

  expect(sizes).toEqual([2, 1]);
  expect(windows.map(({ ms }) => ms)).toEqual([60_000, 60_000]);
});

test('a partition that is dropped in flight is neither committed nor delivered again', async () => {
  const { source, begun, committed } = handFedSource();
  const { invoke, inFlight } = flights();
  const events: MappingEvent[] = [];
  const mapping = startMapping({
    ...{ source, invoke, origin: sampleOrigin, limits: { maxRecords: 10, windowMs: 0 } },
    onEvent: (event) => events.push(event),
    sleep: async () => undefined,
  });
  const intake = await begun;
  for (const partition of [0, 1]) intake.put(sampleRecord({ partition }));
  await expect.poll(() => inFlight.length).toBe(1);
  intake.drop([{ topic: 'contacts', partition: 0 }]);
  inFlight[0]!.finish(threwOutcome);
  await expect.poll(() => inFlight.length).toBe(2);
  inFlight[1]!.finish(returnedOutcome);
  await expect.poll(() => committed).toEqual(['1:1']);
  await mapping.stop();

  expect(inFlight.map(({ partitions }) => partitions)).toEqual([
    ['contacts-0', 'contacts-1'],
    ['contacts-1'],
  ]);
  expect(events).toContainEqual({ kind: 'batch-revoked', batch: 1, partitions: ['contacts-0'] });
});

test('a batch of which everything is dropped ends its wait for the redelivery', async () => {
  const { source, begun } = handFedSource();
  const kinds: string[] = [];
  const mapping = startMapping({
    ...{ source, origin: sampleOrigin, limits: { maxRecords: 10, windowMs: 0 } },
    invoke: async () => threwOutcome,
    onEvent: ({ kind }) => kinds.push(kind),
    sleep: (ms, signal) => (ms === 0 ? turn().then(() => undefined) : never(ms, signal)),
  });
  const intake = await begun;
  intake.put(sampleRecord());
  await expect.poll(() => kinds).toContain('redelivery-scheduled');
  intake.drop([{ topic: 'contacts', partition: 0 }]);

  await expect.poll(() => kinds).toContain('batch-revoked');
  expect(kinds.filter((kind) => kind === 'flush-started')).toHaveLength(1);
  await mapping.stop();
});

test('whatever fails, each partition is in order, one at a time, and committed after success', async () => {
  const shape = fc.record({
    partitions: fc.array(fc.nat(3), { maxLength: 60 }),
    outcomes: fc.infiniteStream(fc.integer({ min: 0, max: 2 })),
    maxRecords: fc.integer({ min: 1, max: 7 }),
    concurrency: fc.integer({ min: 1, max: 4 }),
  });
  await fc.assert(
    fc.asyncProperty(shape, async ({ partitions, outcomes, maxRecords, concurrency }) => {
      const next = [0, 0, 0, 0];
      const records = partitions.map((partition) =>
        sampleRecord({ partition, offset: next[partition]!++ }),
      );
      const offsets = offsetsInMemory();
      const committed = (partition: number) => offsets.next({ topic: 'contacts', partition }) ?? 0;
      const flying = new Set<number>();
      const succeeded = [0, 0, 0, 0];
      const mapping = startMapping({
        source: memorySource(records, offsets),
        origin: sampleOrigin,
        limits: { maxRecords, windowMs: 0 },
        concurrency,
        sleep: async () => void (await turn()),
        invoke: async (event) => {
          const groups = Object.values((event as KafkaEvent).records);
          for (const [first] of groups) {
            const { partition, offset } = first!;
            expect(flying).not.toContain(partition);
            flying.add(partition);
            expect(offset).toBe(succeeded[partition]);
            expect(committed(partition)).toBe(offset);
          }
          await turn();
          for (const [first] of groups) flying.delete(first!.partition);
          if (outcomes.next().value === 0) return threwOutcome;
          for (const record of groups.flat()) succeeded[record.partition]! += 1;
          return returnedOutcome;
        },
      });
      await mapping.done;

      expect(succeeded).toEqual(next);
      for (const [partition, end] of next.entries()) {
        expect(committed(partition)).toBe(end);
      }
    }),
  );
});

test('no more invocations are in flight than the concurrency allows', async () => {
  const { invoke, inFlight } = flights();
  const records = [0, 1, 2].flatMap((partition) => sampleRecords(1, { partition }));
  const mapping = startMapping({
    ...{ source: memorySource(records), invoke, origin: sampleOrigin, concurrency: 2 },
    limits: { maxRecords: 1, windowMs: 0 },
  });
  await expect.poll(() => inFlight.length).toBe(2);
  await turn();
  expect(inFlight).toHaveLength(2);
  inFlight[0]!.finish(returnedOutcome);
  await expect.poll(() => inFlight.length).toBe(3);
  for (const { finish } of inFlight) finish(returnedOutcome);
  await mapping.done;
});
