import { describe, expect, it } from 'vitest';
import { addDeleted } from '../../src/ledger/add-deleted.ts';
import { addErrants } from '../../src/ledger/add-errants.ts';
import { itemOf } from '../../src/ledger/item.ts';
import { markSettled, retention, unexpired } from '../../src/ledger/mark-settled.ts';
import { planOf } from '../../src/ledger/plan.ts';
import type { LedgerState } from '../../src/ledger/state.ts';
import { errants, jobs, records, settled, some, sparse, start, withJob } from './states.ts';

describe('what is settled', () => {
  it('is the range of offsets and of times of each partition', () => {
    const state = markSettled(
      new Map(),
      [...records(3, 9), ...records(1, 1, { partition: 1 })],
      start + 99,
    );
    expect(settled(state)).toEqual([
      { first: 3, last: 9, firstTime: start + 3, lastTime: start + 9, at: start + 99 },
    ]);
    expect(settled(state, 1)).toMatchObject([{ first: 1, last: 1 }]);
  });

  it('replaces a range inside it', () => {
    const state = markSettled(
      markSettled(new Map(), records(3, 9), start),
      records(0, 9),
      start + 1,
    );
    expect(settled(state)).toMatchObject([{ first: 0, last: 9 }]);
  });

  it('is kept beside a range of the same offsets and other times', () => {
    const old = records(0, 9).map((one) => ({ ...one, timestamp: one.timestamp - 1_000_000 }));
    const state = markSettled(markSettled(new Map(), old, start), records(0, 9), start + 1);
    expect(settled(state)).toHaveLength(2);
  });

  it('is dropped from the jobs that carry it, and a job with nothing left is dropped', () => {
    const event = records(0, 9);
    const state = withJob(withJob(new Map(), 'a', event), 'b', event, event.slice(2, 4));
    expect(jobs(markSettled(state, records(0, 4), start))).toMatchObject([
      { id: 'a', ranges: [[5, 9]] },
    ]);
    expect(jobs(markSettled(state, records(0, 2), start))).toMatchObject([
      { id: 'a', ranges: [[3, 9]] },
      { id: 'b', ranges: [[3, 3]] },
    ]);
    expect(jobs(markSettled(state, event, start))).toEqual([]);
  });

  it('is kept for 16 flushes, the latest', () => {
    const state = Array.from({ length: 20 }, (_, n) =>
      records(n * 10, n * 10 + 9),
    ).reduce<LedgerState>((known, event) => markSettled(known, event, start), new Map());
    expect(retention.flushes).toBe(16);
    expect(settled(state)?.map(({ first }) => first)).toEqual(
      Array.from({ length: 16 }, (_, n) => (n + 4) * 10),
    );
  });

  it('of a replay is kept while its ranges fit into an item', () => {
    const ofRanges = (count: number, at: number) => ({
      ...{ first: 0, last: 1, firstTime: 0, lastTime: 0, at },
      ranges: Array.from({ length: count }, (_, n) => [n * 2, n * 2] as const),
    });
    // Each flush costs 20 ranges more than it has.
    const fits = [ofRanges(4_980, 1), ofRanges(4_980, 2)];
    expect(unexpired(fits, 3).map(({ at }) => at)).toEqual([1, 2]);
    const tooLarge = [ofRanges(4_981, 1), ofRanges(4_980, 2)];
    expect(unexpired(tooLarge, 3).map(({ at }) => at)).toEqual([2]);
  });

  it('is kept for a day', () => {
    const day = 24 * 3_600_000;
    const [range] = settled(markSettled(new Map(), records(0, 9), start))!;
    expect(unexpired([range!], start + day - 1)).toEqual([range]);
    expect(unexpired([range!], start + day)).toEqual([]);
  });
});

describe('a job', () => {
  it('that ends where the event starts keeps its records before the event', () => {
    const state = withJob(new Map(), 'a', records(0, 9));
    expect(jobs(markSettled(state, records(9, 19), 0))).toMatchObject([
      { id: 'a', ranges: [[0, 8]] },
    ]);
  });

  it('that starts at offset 0 is dropped once the group is at offset 1', () => {
    const state = withJob(new Map(), 'a', records(0, 0));
    expect(jobs(markSettled(state, records(1, 9), 0))).toEqual([]);
  });

  it('is dropped once the group is past all its records', () => {
    const state = withJob(new Map(), 'given up', records(0, 9));
    expect(jobs(markSettled(state, records(10, 19), 0))).toEqual([]);
  });

  it('stays when it carries records of the event, whichever of its halves comes first', () => {
    const state = withJob(new Map(), 'halved', records(0, 9));
    const [left] = jobs(markSettled(state, records(5, 9), 0)) ?? [];
    expect(left).toMatchObject({ id: 'halved', ranges: [[0, 4]] });
  });
});

describe('what is stored of errant records', () => {
  const event = records(0, 9);
  const bad = [1, 2, 7].map((offset) => ({
    ...({
      record: event[offset]!,
      stage: 'decode',
      code: 'JSON_INVALID',
      rejection: null,
    } as const),
  }));
  const known = addErrants(new Map(), { errants: bad, at: start }, event);

  it('is dropped once the records are settled', () => {
    expect(errants(markSettled(known, event, start))).toEqual([]);
  });

  it('stays for those that come later', () => {
    const [left] = errants(markSettled(known, records(0, 4), start)) ?? [];
    expect(left).toMatchObject({ stage: 'decode', code: 'JSON_INVALID', ranges: [[7, 7]] });
  });

  it('is dropped once the group is past it', () => {
    expect(errants(markSettled(known, records(10, 19), start))).toEqual([]);
  });

  it('stays in a sparse partition until its own records are settled', () => {
    const replayed = addErrants(sparse, { errants: bad, at: start }, event);
    const later = markSettled(replayed, some(8, 9), start);
    expect(errants(later)).toEqual(errants(replayed));
    expect(errants(markSettled(later, some(2, 7), start))).toMatchObject([{ ranges: [[1, 1]] }]);
  });
});

describe('in a sparse partition', () => {
  it('as many settled flushes are kept as an item holds, the newest first', () => {
    const flushes = Array.from({ length: 600 }, (_, n) => records(2 * n, 2 * n));
    const state = flushes.reduce((known, own, n) => markSettled(known, own, start + n), sparse);
    const kept = settled(state) ?? [];
    expect(kept.length).toBeGreaterThan(retention.flushes);
    expect(kept.length).toBeLessThan(flushes.length);
    expect(kept.at(-1)).toMatchObject({ first: 1198, last: 1198, ranges: [[1198, 1198]] });
    expect(JSON.stringify(itemOf('id', state.get('contacts-0')!, start)).length).toBeLessThan(
      400_000,
    );
  });
});

describe('in a sparse partition with records of two topics of one name', () => {
  const hour = 3_600_000;
  const old = records(5, 5);
  const newer = records(9, 9, { after: 20 * hour });
  const between = records(5, 5, { after: 10 * hour });

  it('only the records of the event are settled', () => {
    const state = markSettled(sparse, [...old, ...newer], start);
    expect(planOf([...old, ...newer, ...between], state)).toMatchObject({
      ...{ skipped: [...old, ...newer], newRecords: between },
    });
  });

  it('the settled record leaves a job that has the same offset of the other topic', () => {
    const event = [...old, ...newer];
    const state = markSettled(withJob(sparse, 'a', event), between, start);
    expect(planOf(event, state)).toMatchObject({ jobs: [{ id: 'a', owned: event }] });
    expect(jobs(markSettled(state, event, start))).toEqual([]);
  });

  it('a job that carries all of an earlier one replaces it', () => {
    const event = [...old, ...newer];
    const state = withJob(withJob(sparse, 'a', event), 'b', event);
    expect(jobs(state)?.map(({ id }) => id)).toEqual(['b', 'b']);
  });

  it('errant records and done deletes are those of their own time', () => {
    const added = [...old, ...newer];
    const reason = { stage: 'decode', code: 'JSON_INVALID', rejection: null } as const;
    const bad = added.map((record) => ({ ...reason, record }));
    const errant = addErrants(sparse, { errants: bad, at: start }, added);
    expect([...planOf([...added, ...between], errant).errants.keys()]).toEqual(added);
    const deleted = addDeleted(sparse, { records: added, at: start }, added);
    expect(planOf([...added, ...between], deleted).deleted).toEqual(added);
  });
});
