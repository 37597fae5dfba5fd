import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Backlog } from '../../../local/event-source-mapping/backlog.ts';
import {
  type Batch,
  type BatchLimits,
  maxEventBytes,
} from '../../../local/event-source-mapping/batch.ts';
import { kafkaEvent } from '../../../local/event-source-mapping/event.ts';
import {
  partitionName,
  type SourceRecord,
} from '../../../local/event-source-mapping/source-record.ts';
import { sampleOrigin, sampleRecord, sampleRecords } from './records.ts';

const p0 = { topic: 'contacts', partition: 0 };
const p1 = { topic: 'contacts', partition: 1 };

function backlogOf(
  records: readonly SourceRecord[],
  limits: Partial<BatchLimits> = {},
  capacityBytes = 1_000_000,
): Backlog {
  const all = { maxRecords: 100, windowMs: 1000, maxBytes: maxEventBytes, ...limits };
  const backlog = new Backlog({ origin: sampleOrigin, limits: all, capacityBytes });
  for (const record of records) backlog.put(record);
  return backlog;
}

/** Cuts and releases batches until nothing is left. */
function cutAll(backlog: Backlog): Batch[] {
  const batches: Batch[] = [];
  for (let batch = backlog.cut(); batch !== null; batch = backlog.cut()) {
    batches.push(batch);
    backlog.release(batch);
  }
  return batches;
}

function eventBytes(records: readonly SourceRecord[]): number {
  return Buffer.byteLength(JSON.stringify(kafkaEvent(sampleOrigin, records)));
}

test('a batch closes at its size', () => {
  const closed = cutAll(backlogOf(sampleRecords(7), { maxRecords: 3 }));

  expect(closed.map(({ records }) => records.map(({ offset }) => offset))).toEqual([
    [0, 1, 2],
    [3, 4, 5],
    [6],
  ]);
});

test('a batch takes the records of several partitions in the order in which they came', () => {
  const [a, b] = sampleRecords(2);
  const [c, d] = sampleRecords(2, { partition: 1 });

  expect(backlogOf([a!, c!, d!, b!]).cut()?.records).toEqual([a, c, d, b]);
});

test('the record that no longer fits into an event opens the next batch', () => {
  const records = sampleRecords(3, { value: Buffer.alloc(3000) });
  const maxBytes = eventBytes(records.slice(0, 2));

  const exact = cutAll(backlogOf(records, { maxBytes }));
  const tighter = cutAll(backlogOf(records, { maxBytes: maxBytes - 1 }));

  expect(exact.map((batch) => batch.records.length)).toEqual([2, 1]);
  expect(tighter.map((batch) => batch.records.length)).toEqual([1, 1, 1]);
});

test('a record that no event can hold is skipped at its position', () => {
  const [first, , last] = sampleRecords(3);
  const large = sampleRecord({ offset: 1, value: Buffer.alloc(5000) });

  const closed = cutAll(backlogOf([first!, large, last!], { maxBytes: 4000 }));
  const alone = cutAll(backlogOf([large], { maxBytes: 4000 }));

  expect(closed).toMatchObject([{ records: [first, last], oversized: [large] }]);
  expect(alone).toMatchObject([{ records: [], oversized: [large] }]);
});

test('nothing more of a partition is cut while a batch of it is out', () => {
  const backlog = backlogOf([...sampleRecords(4), ...sampleRecords(1, { partition: 1 })], {
    maxRecords: 2,
  });

  const first = backlog.cut()!;
  const second = backlog.cut()!;

  expect(first.records.map(partitionName)).toEqual(['contacts-0', 'contacts-0']);
  expect(second.records.map(partitionName)).toEqual(['contacts-1']);
  expect(backlog.cut()).toBeNull();
  backlog.release(first);
  expect(backlog.cut()?.records.map(({ offset }) => offset)).toEqual([2, 3]);
});

test('a backlog is full when the records that may be delivered fill a batch', () => {
  const backlog = backlogOf(sampleRecords(1), { maxRecords: 2 });

  expect(backlog.state()).toBe('waiting');
  backlog.put(sampleRecord({ offset: 1 }));
  expect(backlog.state()).toBe('full');
  backlog.cut();
  backlog.put(sampleRecord({ offset: 2 }));
  expect(backlog.state()).toBe('empty');
});

test('a backlog is over when the source has ended and every batch is done with', () => {
  const backlog = backlogOf(sampleRecords(1));
  backlog.end();

  expect(backlog.state()).toBe('full');
  const batch = backlog.cut()!;
  expect(backlog.state()).toBe('empty');
  backlog.release(batch);
  expect(backlog.state()).toBe('over');
});

test('a dropped partition leaves no record, and the batch that is out knows', () => {
  const backlog = backlogOf([...sampleRecords(2), ...sampleRecords(2, { partition: 1 })]);
  const batch = backlog.cut()!;
  backlog.put(sampleRecord({ offset: 2 }));

  backlog.drop([p0]);
  expect([...batch.revoked]).toEqual(['contacts-0']);
  expect(batch.allRevoked.aborted).toBe(false);
  backlog.drop([p1]);
  expect(batch.allRevoked.aborted).toBe(true);
  backlog.release(batch);
  expect(backlog.cut()).toBeNull();
});

test('a partition that comes back waits for the batch that is still out', () => {
  const backlog = backlogOf(sampleRecords(1));
  const old = backlog.cut()!;
  backlog.drop([p0]);
  backlog.put(sampleRecord());

  expect(backlog.cut()).toBeNull();
  backlog.release(old);
  const again = backlog.cut()!;
  expect(again.records).toHaveLength(1);
  expect(again.revoked.size).toBe(0);
});

test('a partition has room for one batch', () => {
  const backlog = backlogOf(sampleRecords(1), { maxRecords: 2 });

  expect(backlog.hasCapacity(p0)).toBe(true);
  backlog.put(sampleRecord({ offset: 1 }));
  expect(backlog.hasCapacity(p0)).toBe(false);
  expect(backlog.hasCapacity(p1)).toBe(true);
  backlog.cut();
  expect(backlog.hasCapacity(p0)).toBe(true);
});

test('beyond the capacity only a partition with nothing under way has room', () => {
  const backlog = backlogOf([sampleRecord({ value: Buffer.alloc(900) })], {}, 1000);
  const batch = backlog.cut()!;

  expect(backlog.hasCapacity(p0)).toBe(false);
  expect(backlog.hasCapacity(p1)).toBe(true);
  backlog.put(sampleRecord({ partition: 1 }));
  expect(backlog.hasCapacity(p1)).toBe(false);
  backlog.release(batch);
  expect(backlog.hasCapacity(p0)).toBe(true);
});

test('whatever the records, every event is within its limits and none is lost or reordered', () => {
  const anyRecord = fc.record({
    topic: fc.constantFrom('a', 'a-1', 'größe'),
    partition: fc.nat(2),
    key: fc.option(fc.uint8Array({ maxLength: 9 })),
    value: fc.option(fc.uint8Array({ maxLength: 400 })),
    headers: fc.array(fc.tuple(fc.string({ maxLength: 5 }), fc.uint8Array({ maxLength: 9 }))),
  });
  fc.assert(
    fc.property(
      fc.array(anyRecord, { maxLength: 30 }),
      fc.integer({ min: 1, max: 8 }),
      fc.integer({ min: 500, max: 2000 }),
      (shapes, maxRecords, maxBytes) => {
        const records = shapes.map((shape, offset) =>
          sampleRecord({
            ...shape,
            offset,
            key: shape.key && Buffer.from(shape.key),
            value: shape.value && Buffer.from(shape.value),
            headers: shape.headers.map(([name, bytes]) => [name, Buffer.from(bytes)]),
          }),
        );

        const closed = cutAll(backlogOf(records, { maxRecords, maxBytes }));

        for (const batch of closed) {
          expect(batch.bytes).toBe(eventBytes(batch.records));
          expect(batch.bytes).toBeLessThanOrEqual(maxBytes);
          expect(batch.records.length).toBeLessThanOrEqual(maxRecords);
        }
        const oversized = closed.flatMap((batch) => batch.oversized);
        const delivered = closed.flatMap((batch) => batch.records);
        expect(delivered).toEqual(records.filter((record) => !oversized.includes(record)));
        for (const record of oversized) expect(eventBytes([record])).toBeGreaterThan(maxBytes);
      },
    ),
  );
});
