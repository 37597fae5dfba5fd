import { describe, expect, it } from 'vitest';
import { emptyPartition, type LedgerState } from '../../src/ledger/state.ts';
import { byPartition, dividedByTime, rangesOf, updatePartitions } from '../../src/ledger/update.ts';
import { records, some, start } from './states.ts';

const event = [...records(0, 3), ...records(7, 8, { partition: 1 })];

describe('a change', () => {
  const bumped = (state: LedgerState, those = event) =>
    updatePartitions(state, those, (known, own) => ({
      ...known,
      version: known.version + own.length,
    }));

  it('is made in each partition with its own records, known or not', () => {
    const state = bumped(
      new Map([['contacts-1', { ...emptyPartition('contacts', 1), version: 5 }]]),
    );
    expect([...state.values()]).toEqual([
      { ...emptyPartition('contacts', 1), version: 7 },
      { ...emptyPartition('contacts', 0), version: 4 },
    ]);
  });

  it('leaves other partitions and the given state alone', () => {
    const before: LedgerState = new Map([['contacts-0', emptyPartition('contacts', 0)]]);
    const after = bumped(before, records(7, 8, { partition: 1 }));
    expect(after.get('contacts-0')).toBe(before.get('contacts-0'));
    expect([...before.keys()]).toEqual(['contacts-0']);
    expect(bumped(before, [])).toEqual(before);
  });
});

it('records are distinguished by topic and partition', () => {
  const elsewhere = { ...records(0, 0)[0]!, topic: 'accounts' };
  const groups = byPartition([...event, elsewhere]);
  expect([...groups].map(([key, those]) => [key, those.length])).toEqual([
    ['contacts-0', 4],
    ['contacts-1', 2],
    ['accounts-0', 1],
  ]);
});

describe('the ranges of chosen records', () => {
  it('go on over gaps of the topic, but not over a record that was not chosen', () => {
    const chosen = some(1, 2, 6, 8);
    expect(rangesOf(emptyPartition('contacts', 0), chosen, some(1, 2, 6, 7, 8))).toEqual([
      [1, 6],
      [8, 8],
    ]);
  });

  it('go on over nothing in a sparse partition', () => {
    expect(rangesOf(emptyPartition('contacts', 0, true), some(1, 2, 6), some(1, 2, 6))).toEqual([
      [1, 2],
      [6, 6],
    ]);
  });
});

describe('the records of an entry of a sparse partition', () => {
  const second = 1_000;
  /** Records with these offsets, each this many seconds after the start. */
  const at = (...places: readonly (readonly [offset: number, seconds: number])[]) =>
    places.map(([offset, seconds]) => {
      const [record] = records(offset, offset);
      return { ...record!, timestamp: start + seconds * second };
    });
  const offsetsOf = (those: ReturnType<typeof at>, isSparse = true) =>
    dividedByTime(emptyPartition('contacts', 0, isSparse), those).map((entry) =>
      entry.map(({ offset }) => offset),
    );

  it('are those with less than a second between them', () => {
    expect(offsetsOf(at([5, 0], [6, 0.9], [9, 1.9]))).toEqual([[5, 6], [9]]);
    expect(offsetsOf(at([5, 20], [5, 0]))).toEqual([[5], [5]]);
  });

  it('are divided where the most time lies between them if there are too many', () => {
    const each = Array.from({ length: 10 }, (_, n) => [n, n * n] as const);
    expect(offsetsOf(at(...each))).toEqual([[0, 1, 2], [3], [4], [5], [6], [7], [8], [9]]);
  });

  it('are divided first where offsets begin again', () => {
    const old = Array.from({ length: 10 }, (_, n) => [n + 10, n * 60] as const);
    const [before, after] = [old.map(([offset]) => offset), [3, 4]];
    const entries = offsetsOf(at(...old, [3, 542], [4, 543]));
    expect(entries).toHaveLength(8);
    expect(entries.flat()).toEqual([...before, ...after]);
    expect(entries.at(-1)).toEqual(after);
  });

  it('are all of them in a partition that is not sparse', () => {
    expect(offsetsOf(at([5, 0], [9, 20]), false)).toEqual([[5, 9]]);
  });
});
