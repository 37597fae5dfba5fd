import { expect, test } from 'vitest';
import { offsetsInMemory } from '../../../local/event-source-mapping/committed-offsets.ts';
import { type MappingSettings, startMapping } from '../../../local/event-source-mapping/mapping.ts';
import type { MappingEvent } from '../../../local/event-source-mapping/mapping-event.ts';
import { memorySource } from '../../../local/event-source-mapping/memory-source.ts';
import { formatRange } from '../../../local/event-source-mapping/offset-range.ts';
import type { RecordSource } from '../../../local/event-source-mapping/record-source.ts';
import type { Outcome } from '../../../local/lambda-runtime/outcome.ts';
import { returnedOutcome, threwOutcome } from './outcomes.ts';
import { sampleOrigin, sampleRecord, sampleRecords } from './records.ts';

type Invoke = MappingSettings['invoke'];

/** Runs a mapping to its end; says what it did in words, and which waits it made. */
function run(settings: Partial<MappingSettings> & Pick<MappingSettings, 'source' | 'invoke'>) {
  const waits: number[] = [];
  const log: string[] = [];
  const mapping = startMapping({
    origin: sampleOrigin,
    limits: { maxRecords: 2, windowMs: 300_000 },
    redelivery: { firstMs: 1000, maxMs: 3000 },
    sleep: async (ms, signal) => {
      if (ms < 300_000) waits.push(ms);
      else await new Promise<void>((done) => signal.addEventListener('abort', () => done()));
    },
    onEvent: (event) => log.push(inWords(event)),
    ...settings,
  });
  return { ...mapping, log, waits };
}

function inWords(event: MappingEvent): string {
  if ('flush' in event) {
    const { batch, attempt, ranges } = event.flush;
    return `${event.kind} ${batch}.${attempt} ${ranges.map(formatRange).join(' ')}`;
  }
  if (event.kind === 'committed' || event.kind === 'commit-failed') {
    return `${event.kind} ${event.positions.map((p) => `${p.partition}:${p.offset}`).join(' ')}`;
  }
  return event.kind;
}

test('each batch is committed after its invocation has returned', async () => {
  const source = memorySource(sampleRecords(3));
  const mapping = run({ source, invoke: async () => returnedOutcome });
  await mapping.done;

  expect(mapping.log).toEqual([
    'flush-started 1.1 contacts-0@0..1',
    'flush-returned 1.1 contacts-0@0..1',
    'committed 0:2',
    'flush-started 2.1 contacts-0@2',
    'flush-returned 2.1 contacts-0@2',
    'committed 0:3',
    'stopped',
  ]);
});

test('a failed batch is delivered again, the same records, after waits that grow', async () => {
  const events: unknown[] = [];
  const outcomes = [threwOutcome, threwOutcome, threwOutcome, returnedOutcome, returnedOutcome];
  const invoke: Invoke = async (event) => {
    events.push(event);
    return outcomes.shift()!;
  };
  const mapping = run({ source: memorySource(sampleRecords(3)), invoke });
  await mapping.done;

  expect(mapping.waits).toEqual([1000, 2000, 3000]);
  expect(events).toHaveLength(5);
  expect(new Set(events.slice(0, 4).map((event) => JSON.stringify(event))).size).toBe(1);
  expect(mapping.log).toEqual([
    'flush-started 1.1 contacts-0@0..1',
    'flush-failed 1.1 contacts-0@0..1',
    'redelivery-scheduled 1.1 contacts-0@0..1',
    'flush-started 1.2 contacts-0@0..1',
    'flush-failed 1.2 contacts-0@0..1',
    'redelivery-scheduled 1.2 contacts-0@0..1',
    'flush-started 1.3 contacts-0@0..1',
    'flush-failed 1.3 contacts-0@0..1',
    'redelivery-scheduled 1.3 contacts-0@0..1',
    'flush-started 1.4 contacts-0@0..1',
    'flush-returned 1.4 contacts-0@0..1',
    'committed 0:2',
    'flush-started 2.1 contacts-0@2',
    'flush-returned 2.1 contacts-0@2',
    'committed 0:3',
    'stopped',
  ]);
});

test.each([null, {}, { batchItemFailures: [{ itemIdentifier: { partition: 'x-0', offset: 0 } }] }])(
  'a returned %j is success: only an error means failure',
  async (value) => {
    const invoke: Invoke = async () => ({ ...returnedOutcome, value });
    const mapping = run({ source: memorySource(sampleRecords(1)), invoke });
    await mapping.done;

    expect(mapping.log).toContain('committed 0:1');
  },
);

test('a new mapping over the same offsets continues where the commits stopped', async () => {
  const offsets = offsetsInMemory();
  const records = [...sampleRecords(3), ...sampleRecords(1, { partition: 1 })];
  const outcomes = [returnedOutcome];
  const first = run({
    source: memorySource(records, offsets),
    invoke: async () => {
      const outcome = outcomes.shift();
      if (outcome !== undefined) return outcome;
      void first.stop();
      return threwOutcome;
    },
  });
  await first.done;
  const second = run({
    source: memorySource(records, offsets),
    invoke: async () => returnedOutcome,
    limits: { maxRecords: 10, windowMs: 300_000 },
  });
  await second.done;

  expect(first.log).toContain('committed 0:2');
  expect(second.log).toEqual([
    'flush-started 1.1 contacts-0@2 contacts-1@0',
    'flush-returned 1.1 contacts-0@2 contacts-1@0',
    'committed 0:3 1:1',
    'stopped',
  ]);
});

test('stop waits for the invocation in flight, commits it, and starts no other', async () => {
  let finish: (outcome: Outcome) => void = () => undefined;
  const invoke: Invoke = () => new Promise((done) => (finish = done));
  const mapping = run({ source: memorySource(sampleRecords(9)), invoke });
  await expect.poll(() => mapping.log.length).toBe(1);

  const stopped = mapping.stop();
  finish(returnedOutcome);
  await stopped;

  expect(mapping.log.slice(1)).toEqual([
    'flush-returned 1.1 contacts-0@0..1',
    'committed 0:2',
    'stopped',
  ]);
});

test('stop ends the wait before a redelivery', async () => {
  const mapping = run({
    source: memorySource(sampleRecords(1)),
    invoke: async () => threwOutcome,
    sleep: (_ms, signal) => new Promise((done) => signal.addEventListener('abort', () => done())),
  });
  await expect.poll(() => mapping.log.length).toBe(3);
  await mapping.stop();

  expect(mapping.log.slice(2)).toEqual(['redelivery-scheduled 1.1 contacts-0@0', 'stopped']);
});

test('a record that no event can hold is reported and the commit goes past it', async () => {
  const large = sampleRecord({ value: Buffer.alloc(5000) });
  const mapping = run({
    source: memorySource([large]),
    invoke: async () => returnedOutcome,
    limits: { maxRecords: 10, windowMs: 300_000, maxBytes: 4000 },
  });
  await mapping.done;

  expect(mapping.log).toEqual(['record-skipped', 'committed 0:1', 'stopped']);
});

test('a commit that fails is reported, and the next batch is delivered', async () => {
  const source: RecordSource = {
    ...memorySource(sampleRecords(3)),
    commit: async (pending) => {
      pending();
      throw new Error('fenced');
    },
  };
  const mapping = run({ source, invoke: async () => returnedOutcome });
  await mapping.done;

  expect(mapping.log.filter((line) => line.startsWith('commit'))).toEqual([
    'commit-failed 0:2',
    'commit-failed 0:3',
  ]);
});

test('a source that fails ends the mapping, after the invocations in flight', async () => {
  const closed: string[] = [];
  const broken: RecordSource = {
    async read(intake) {
      intake.put(sampleRecord());
      intake.put(sampleRecord({ offset: 1 }));
      await new Promise((done) => setTimeout(done, 5));
      throw new Error('no broker');
    },
    commit: async (pending) => pending(),
    close: async () => void closed.push('closed'),
  };
  const invoke: Invoke = async () => {
    await new Promise((done) => setTimeout(done, 20));
    return returnedOutcome;
  };
  const mapping = run({ source: broken, invoke });

  await expect(mapping.done).rejects.toThrow('no broker');
  expect(mapping.log.slice(1)).toEqual([
    'flush-returned 1.1 contacts-0@0..1',
    'committed 0:2',
    'stopped',
  ]);
  expect(closed).toEqual(['closed']);
});

const idle = { source: memorySource([]), invoke: async () => returnedOutcome };

test.each([
  [{ maxRecords: 0, windowMs: 0 }, '1 to 10000 records, not 0'],
  [{ maxRecords: 10_001, windowMs: 0 }, '1 to 10000 records, not 10001'],
  [{ maxRecords: 1, windowMs: 300_001 }, '0 to 300000 ms, not 300001'],
])('limits that Lambda does not take are refused: %j', (limits, message) => {
  expect(() => startMapping({ ...idle, origin: sampleOrigin, limits })).toThrow(message);
});
