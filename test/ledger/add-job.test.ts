import { describe, expect, it } from 'vitest';
import type { RecordOrigin } from '../../src/kafka/record.ts';
import { addJob, removeJob } from '../../src/ledger/add-job.ts';
import { itemOf } from '../../src/ledger/item.ts';
import type { LedgerState } from '../../src/ledger/state.ts';
import { jobs, records, some, sparse, start, withJob } from './states.ts';

describe('a job', () => {
  it('is stored in each partition with the exact offsets and times of its records there', () => {
    const event = [...records(0, 9), ...records(20, 22, { partition: 1 })];
    const own = event.filter(({ offset }) => offset !== 4 && offset !== 22);
    const state = withJob(new Map(), 'a', event, own);
    expect(jobs(state)).toEqual([
      {
        ...{ id: 'a', rows: 11, records: 11, firstTime: start, lastTime: start + 9, at: 0 },
        ranges: [
          [0, 3],
          [5, 9],
        ],
      },
    ]);
    expect(jobs(state, 1)).toEqual([
      {
        ...{ id: 'a', rows: 11, records: 11, ranges: [[20, 21]] },
        ...{ firstTime: start + 20, lastTime: start + 21, at: 0 },
      },
    ]);
  });

  it('is not in a partition where it has no records', () => {
    const event = [...records(0, 9), ...records(0, 9, { partition: 1 })];
    const state = withJob(new Map(), 'a', event, records(0, 9));
    expect(jobs(state, 1)).toBeUndefined();
  });

  it('replaces one whose records it carries all', () => {
    const event = records(0, 9);
    const first = withJob(withJob(new Map(), 'a', event), 'b', event, event.slice(2, 5));
    expect(jobs(withJob(first, 'c', event, event.slice(2, 5)))?.map(({ id }) => id)).toEqual([
      'a',
      'c',
    ]);
    expect(jobs(withJob(first, 'c', event, event.slice(2, 4)))?.map(({ id }) => id)).toEqual([
      ...['a', 'b', 'c'],
    ]);
    expect(jobs(withJob(first, 'c', event))?.map(({ id }) => id)).toEqual(['c']);
  });

  it('replaces no job of version 0.1 with records that the event does not have', () => {
    const old = { id: 'a', rows: 1, records: [], at: 0 };
    const before = addJob(new Map(), { ...old, records: records(0, 9) }, records(0, 9));
    const [job] = jobs(before) ?? [];
    const partition = { ...before.get('contacts-0')!, jobs: [{ ...job!, records: 0 }] };
    const state = new Map([['contacts-0', partition]]);
    const event = records(5, 9);
    const merged = { id: 'b', rows: 1, records: event, at: 0 };
    expect(jobs(addJob(state, merged, event))?.map(({ id }) => id)).toEqual(['a', 'b']);
    const all = { ...merged, records: records(0, 9) };
    expect(jobs(addJob(state, all, records(0, 9)))?.map(({ id }) => id)).toEqual(['b']);
  });

  it('replaces no job that has rows in another partition', () => {
    const event = [...records(0, 9), ...records(0, 9, { partition: 1 })];
    const state = withJob(withJob(new Map(), 'a', event), 'b', event, records(0, 9));
    expect(jobs(state)?.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(jobs(withJob(state, 'c', event))?.map(({ id }) => id)).toEqual(['c']);
  });

  it('replaces no job that has a row more, though one of its rows is of two records', () => {
    const event = records(0, 2);
    const state = addJob(new Map(), { id: 'a', rows: 2, records: event, at: 0 }, event);
    const merged = { id: 'b', rows: 1, records: event.slice(0, 2), at: 0 };
    expect(jobs(addJob(state, merged, event))?.map(({ id }) => id)).toEqual(['a', 'b']);
  });

  it('replaces no job that has records outside the event', () => {
    const state = withJob(new Map(), 'a', records(0, 9));
    for (const event of [records(0, 4), records(5, 9), records(3, 6)]) {
      expect(jobs(withJob(state, 'b', event))?.map(({ id }) => id)).toEqual(['a', 'b']);
    }
  });

  it('takes the place only of one of whose merged rows it has every record', () => {
    const event = records(0, 4);
    const first = { id: 'a', rows: 1, records: event, at: 0 };
    const state = addJob(new Map(), first, event);
    expect(jobs(state)).toMatchObject([{ rows: 1, records: 5 }]);
    const ids = (own: RecordOrigin[]) => jobs(withJob(state, 'b', event, own))?.map(({ id }) => id);
    expect(ids(records(0, 3))).toEqual(['a', 'b']);
    expect(ids(event)).toEqual(['b']);
  });

  it('takes the place only of one of whose merged rows it has the records elsewhere too', () => {
    const event = [...records(0, 1), ...records(0, 1, { partition: 1 })];
    const first = { id: 'a', rows: 2, records: event, at: 0 };
    const state = addJob(new Map(), first, event);
    const again = withJob(state, 'b', event, records(0, 1));
    expect(jobs(again)?.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(jobs(withJob(again, 'c', event), 1)?.map(({ id }) => id)).toEqual(['c']);
  });

  it('replaces one of version 0.1, whose number of records is unknown, by its rows', () => {
    const event = records(0, 4);
    const state = withJob(new Map(), 'a', event);
    const old = new Map(
      [...state].map(([key, known]) => [
        key,
        { ...known, jobs: known.jobs.map((job) => ({ ...job, records: 0 })) },
      ]),
    );
    expect(jobs(withJob(old, 'b', event, event.slice(1)))?.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(jobs(withJob(old, 'b', event))?.map(({ id }) => id)).toEqual(['b']);
  });

  it('is forgotten in all partitions', () => {
    const event = [...records(0, 9), ...records(0, 9, { partition: 1 })];
    const state = removeJob(withJob(new Map(), 'a', event), 'a');
    expect([jobs(state), jobs(state, 1)]).toEqual([[], []]);
  });

  it('that the ledger does not have is removed without a change', () => {
    const state = withJob(new Map(), 'a', records(0, 9));
    expect(removeJob(state, 'b').get('contacts-0')).toBe(state.get('contacts-0'));
  });
});

describe('under endless redelivery', () => {
  const event = records(10 ** 12, 10 ** 12 + 9_999);
  const odd = event.filter(({ offset }) => offset % 2 === 1);

  it('of the same rows, two jobs are known at most', () => {
    let state = withJob(new Map(), 'first', event);
    for (let n = 0; n < 200; n++) state = withJob(state, `job ${n}`, event, odd);
    expect(jobs(state)?.map(({ id }) => id)).toEqual(['first', 'job 199']);
  });

  it('of 5,000 scattered rows, of which each job writes a few, the item holds 30 jobs', () => {
    let state = withJob(new Map(), 'first', event);
    for (let n = 0; n < 30; n++)
      state = withJob(state, `750000000000${n}`, event, odd.slice(n * 9));
    expect(jobs(state)).toHaveLength(31);
    const item = itemOf('id', state.get('contacts-0')!, start);
    expect(JSON.stringify(item).length).toBeLessThan(400_000);
  });
});

describe('in a sparse partition', () => {
  const rowsIn = (state: LedgerState, id: string, rows: number, own: RecordOrigin[]) =>
    addJob(state, { id, rows, records: own, at: start }, own);

  it('a job carries its own records, and none of those between them', () => {
    const state = rowsIn(sparse, 'a', 3, some(1, 2, 8));
    expect(jobs(state)).toMatchObject([
      {
        ranges: [
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
});
