import { describe, expect, it } from 'vitest';
import { emptyPartition, type LedgerState } from '../../src/ledger/state.ts';
import { byPartition, rangesOf, updatePartitions } from '../../src/ledger/update.ts';
import { records, some } from './states.ts';

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
