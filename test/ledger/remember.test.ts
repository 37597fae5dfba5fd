import { describe, expect, it } from 'vitest';
import type { RecordOrigin } from '../../src/kafka/record.ts';
import { itemOf } from '../../src/ledger/item.ts';
import { type Memory, nothingOf } from '../../src/ledger/memory.ts';
import { recent, remembered, withJob, withoutJob, withSettled } from '../../src/ledger/remember.ts';

const start = 1_700_000_000_000;

function records(first: number, last: number, partition = 0): RecordOrigin[] {
  const offsets = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  return offsets.map((offset) => {
    return { topic: 'contacts', partition, offset, timestamp: start + offset };
  });
}

const noted = (memory: Memory, id: string, event: RecordOrigin[], own = event): Memory =>
  withJob(memory, { id, rows: own.length, records: own, at: 0 }, event);

const jobs = (memory: Memory, partition = 0) => memory.get(`contacts-${partition}`)?.jobs;
const settled = (memory: Memory, partition = 0) => memory.get(`contacts-${partition}`)?.settled;

describe('a job', () => {
  it('is noted in each partition with the exact offsets and times of its records there', () => {
    const event = [...records(0, 9), ...records(20, 22, 1)];
    const own = event.filter(({ offset }) => offset !== 4 && offset !== 22);
    const memory = noted(new Map(), 'a', event, own);
    expect(jobs(memory)).toEqual([
      {
        ...{ id: 'a', rows: 11, firstTime: start, lastTime: start + 9, at: 0 },
        runs: [
          [0, 3],
          [5, 9],
        ],
      },
    ]);
    expect(jobs(memory, 1)).toEqual([
      { id: 'a', rows: 11, runs: [[20, 21]], firstTime: start + 20, lastTime: start + 21, at: 0 },
    ]);
  });

  it('is not noted where it has no records', () => {
    const event = [...records(0, 9), ...records(0, 9, 1)];
    const memory = noted(new Map(), 'a', event, records(0, 9));
    expect(jobs(memory, 1)).toBeUndefined();
  });

  it('takes the place of one whose records it carries all', () => {
    const event = records(0, 9);
    const first = noted(noted(new Map(), 'a', event), 'b', event, event.slice(2, 5));
    expect(jobs(noted(first, 'c', event, event.slice(2, 5)))?.map(({ id }) => id)).toEqual([
      'a',
      'c',
    ]);
    expect(jobs(noted(first, 'c', event, event.slice(2, 4)))?.map(({ id }) => id)).toEqual([
      ...['a', 'b', 'c'],
    ]);
    expect(jobs(noted(first, 'c', event))?.map(({ id }) => id)).toEqual(['c']);
  });

  it('takes the place of no job that has rows in another partition', () => {
    const event = [...records(0, 9), ...records(0, 9, 1)];
    const memory = noted(noted(new Map(), 'a', event), 'b', event, records(0, 9));
    expect(jobs(memory)?.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(jobs(noted(memory, 'c', event))?.map(({ id }) => id)).toEqual(['c']);
  });

  it('takes the place of no job that has a row more, though one of its rows is of two records', () => {
    const event = records(0, 2);
    const memory = withJob(new Map(), { id: 'a', rows: 2, records: event, at: 0 }, event);
    const merged = { id: 'b', rows: 1, records: event.slice(0, 2), at: 0 };
    expect(jobs(withJob(memory, merged, event))?.map(({ id }) => id)).toEqual(['a', 'b']);
  });

  it('is dropped once Kafka has gone on behind all that it carries', () => {
    const memory = noted(new Map(), 'given up', records(0, 9));
    expect(jobs(withSettled(memory, records(10, 19), 0))).toEqual([]);
  });

  it('stays when it carries records of the event, whichever of its halves comes first', () => {
    const memory = noted(new Map(), 'halved', records(0, 9));
    const [left] = jobs(withSettled(memory, records(5, 9), 0)) ?? [];
    expect(left).toMatchObject({ id: 'halved', runs: [[0, 4]] });
  });

  it('takes the place of no job that has records outside the event', () => {
    const memory = noted(new Map(), 'a', records(0, 9));
    for (const event of [records(0, 4), records(5, 9), records(3, 6)]) {
      expect(jobs(noted(memory, 'b', event))?.map(({ id }) => id)).toEqual(['a', 'b']);
    }
  });

  it('is forgotten in all partitions', () => {
    const event = [...records(0, 9), ...records(0, 9, 1)];
    const memory = withoutJob(noted(new Map(), 'a', event), 'a');
    expect([jobs(memory), jobs(memory, 1)]).toEqual([[], []]);
  });

  it('that nobody noted is forgotten without a change', () => {
    const memory = noted(new Map(), 'a', records(0, 9));
    expect(withoutJob(memory, 'b').get('contacts-0')).toBe(memory.get('contacts-0'));
  });
});

describe('what is settled', () => {
  it('is the range of offsets and of times of each partition', () => {
    const memory = withSettled(new Map(), [...records(3, 9), ...records(1, 1, 1)], start + 99);
    expect(settled(memory)).toEqual([
      { first: 3, last: 9, firstTime: start + 3, lastTime: start + 9, at: start + 99 },
    ]);
    expect(settled(memory, 1)).toMatchObject([{ first: 1, last: 1 }]);
  });

  it('takes the place of a range inside it', () => {
    const memory = withSettled(
      withSettled(new Map(), records(3, 9), start),
      records(0, 9),
      start + 1,
    );
    expect(settled(memory)).toMatchObject([{ first: 0, last: 9 }]);
  });

  it('stands beside a range of the same offsets and other times', () => {
    const old = records(0, 9).map((one) => ({ ...one, timestamp: one.timestamp - 1_000_000 }));
    const memory = withSettled(withSettled(new Map(), old, start), records(0, 9), start + 1);
    expect(settled(memory)).toHaveLength(2);
  });

  it('is dropped from the jobs that carry it, and a job with nothing left is dropped', () => {
    const event = records(0, 9);
    const memory = noted(noted(new Map(), 'a', event), 'b', event, event.slice(2, 4));
    expect(jobs(withSettled(memory, records(0, 4), start))).toMatchObject([
      { id: 'a', runs: [[5, 9]] },
    ]);
    expect(jobs(withSettled(memory, records(0, 2), start))).toMatchObject([
      { id: 'a', runs: [[3, 9]] },
      { id: 'b', runs: [[3, 3]] },
    ]);
    expect(jobs(withSettled(memory, event, start))).toEqual([]);
  });

  it('is remembered for 16 flushes, the latest', () => {
    const memory = Array.from({ length: 20 }, (_, n) => records(n * 10, n * 10 + 9)).reduce<Memory>(
      (known, event) => withSettled(known, event, start),
      new Map(),
    );
    expect(remembered.flushes).toBe(16);
    expect(settled(memory)?.map(({ first }) => first)).toEqual(
      Array.from({ length: 16 }, (_, n) => (n + 4) * 10),
    );
  });

  it('is remembered for a day', () => {
    const day = 24 * 3_600_000;
    const [range] = settled(withSettled(new Map(), records(0, 9), start))!;
    expect(recent([range!], start + day - 1)).toEqual([range]);
    expect(recent([range!], start + day)).toEqual([]);
  });
});

describe('under endless redelivery', () => {
  const event = records(10 ** 12, 10 ** 12 + 9_999);
  const odd = event.filter(({ offset }) => offset % 2 === 1);

  it('of the same rows, two jobs are known at most', () => {
    let memory = noted(new Map(), 'first', event);
    for (let n = 0; n < 200; n++) memory = noted(memory, `job ${n}`, event, odd);
    expect(jobs(memory)?.map(({ id }) => id)).toEqual(['first', 'job 199']);
  });

  it('of 5,000 scattered rows, of which each job writes a few, the item holds 30 jobs', () => {
    let memory = noted(new Map(), 'first', event);
    for (let n = 0; n < 30; n++)
      memory = noted(memory, `750000000000${n}`, event, odd.slice(n * 9));
    expect(jobs(memory)).toHaveLength(31);
    const item = itemOf('id', memory.get('contacts-0')!, start);
    expect(JSON.stringify(item).length).toBeLessThan(400_000);
  });
});

describe('in a sparse partition', () => {
  const sparse: Memory = new Map([['contacts-0', nothingOf('contacts', 0, true)]]);
  const some = (...offsets: number[]) =>
    records(0, 9).filter(({ offset }) => offsets.includes(offset));
  const rowsIn = (memory: Memory, id: string, rows: number, own: RecordOrigin[]) =>
    withJob(memory, { id, rows, records: own, at: start }, own);

  it('a job carries its own records, and none of those between them', () => {
    const memory = rowsIn(sparse, 'a', 3, some(1, 2, 8));
    expect(jobs(memory)).toMatchObject([
      {
        runs: [
          [1, 2],
          [8, 8],
        ],
      },
    ]);
  });

  it('a job whose rows are fewer than its records is replaced only by one that has all of them', () => {
    const merged = rowsIn(sparse, 'a', 2, some(4, 5, 6));
    expect(jobs(rowsIn(merged, 'b', 2, some(4, 6)))?.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(jobs(rowsIn(merged, 'b', 2, some(4, 5, 6)))?.map(({ id }) => id)).toEqual(['b']);
  });

  it('as much of what is settled is remembered as an item holds, the newest first', () => {
    const flushes = Array.from({ length: 600 }, (_, n) => records(2 * n, 2 * n));
    const memory = flushes.reduce((known, own, n) => withSettled(known, own, start + n), sparse);
    const kept = settled(memory) ?? [];
    expect(kept.length).toBeGreaterThan(remembered.flushes);
    expect(kept.length).toBeLessThan(flushes.length);
    expect(kept.at(-1)).toMatchObject({ first: 1198, last: 1198, runs: [[1198, 1198]] });
    expect(JSON.stringify(itemOf('id', memory.get('contacts-0')!, start)).length).toBeLessThan(
      400_000,
    );
  });
});
