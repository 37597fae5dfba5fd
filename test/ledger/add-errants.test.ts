import { describe, expect, it } from 'vitest';
import type { RecordOrigin } from '../../src/kafka/record.ts';
import { addErrants, type ErrantToAdd } from '../../src/ledger/add-errants.ts';
import { emptyPartition, type LedgerState } from '../../src/ledger/state.ts';
import { errants, jobs, records, some, sparse, start, withJob } from './states.ts';

const event = records(0, 9);

/** Errant records that all have one reason. */
const broken = (
  those: readonly RecordOrigin[],
  reason: Partial<Omit<ErrantToAdd, 'record'>> = {},
): ErrantToAdd[] =>
  those.map((record) => ({
    record,
    stage: 'decode',
    code: 'JSON_INVALID',
    rejection: null,
    ...reason,
  }));

const rejectedBy = (jobId: string, errorCode: string) =>
  ({ stage: 'salesforce', code: 'ROW_REJECTED', rejection: { jobId, errorCode } }) as const;

const withBad = (state: LedgerState, bad: readonly ErrantToAdd[], at = start, all = event) =>
  addErrants(state, { errants: bad, at }, all);

describe('errant records', () => {
  it('are stored with the reason, the ranges and the times', () => {
    expect(errants(withBad(new Map(), broken(some(1, 2, 7))))).toEqual([
      {
        ...{ stage: 'decode', code: 'JSON_INVALID', rejection: null, at: start },
        ranges: [
          [1, 2],
          [7, 7],
        ],
        ...{ firstTime: start + 1, lastTime: start + 7 },
      },
    ]);
  });

  it('are grouped by code, job and error code', () => {
    const bad = [
      ...broken(some(0)),
      ...broken(some(1), { code: 'KEY_MISSING' }),
      ...broken(some(2), rejectedBy('750a', 'INVALID_FIELD')),
      ...broken(some(3), rejectedBy('750b', 'INVALID_FIELD')),
      ...broken(some(4), rejectedBy('750b', 'DUPLICATE_VALUE')),
      ...broken(some(5)),
      ...broken(some(6), rejectedBy('750b', 'INVALID_FIELD')),
    ];
    expect(
      errants(withBad(new Map(), bad))?.map(({ stage, code, rejection, ranges }) => ({
        ...{ stage, code, rejection, ranges },
      })),
    ).toEqual([
      {
        stage: 'decode',
        code: 'JSON_INVALID',
        rejection: null,
        ranges: [
          [0, 0],
          [5, 5],
        ],
      },
      { stage: 'decode', code: 'KEY_MISSING', rejection: null, ranges: [[1, 1]] },
      { ...rejectedBy('750a', 'INVALID_FIELD'), ranges: [[2, 2]] },
      {
        ...rejectedBy('750b', 'INVALID_FIELD'),
        ranges: [
          [3, 3],
          [6, 6],
        ],
      },
      { ...rejectedBy('750b', 'DUPLICATE_VALUE'), ranges: [[4, 4]] },
    ]);
  });

  it('are stored in their own partitions', () => {
    const other = records(0, 9, { partition: 1 });
    const all = [...event, ...other];
    const state = withBad(new Map(), broken([event[3]!, other[5]!]), start, all);
    expect([errants(state)?.[0]?.ranges, errants(state, 1)?.[0]?.ranges]).toEqual([
      [[3, 3]],
      [[5, 5]],
    ]);
  });

  it('form ranges as jobs do: over gaps of the topic, not over good records', () => {
    const all = some(0, 1, 4, 6, 7);
    const state = withBad(new Map(), broken(some(1, 4, 7)), start, all);
    expect(errants(state)?.[0]?.ranges).toEqual([
      [1, 4],
      [7, 7],
    ]);
    expect(jobs(withJob(new Map(), 'a', all, some(1, 4, 7)))?.[0]?.ranges).toEqual([
      [1, 4],
      [7, 7],
    ]);
  });

  it('form ranges of nothing but themselves in a sparse partition', () => {
    const state = withBad(sparse, broken(some(1, 2, 4)), start, some(1, 2, 4));
    expect(errants(state)?.[0]?.ranges).toEqual([
      [1, 2],
      [4, 4],
    ]);
  });

  it('leave all other state alone', () => {
    const state = withJob(new Map(), 'a', event);
    const { errants: _errants, ...rest } = withBad(state, broken(some(1))).get('contacts-0')!;
    const { errants: _none, ...before } = state.get('contacts-0')!;
    expect(rest).toEqual(before);
  });
});

describe('what is stored of errant records', () => {
  const known = withBad(new Map(), broken(some(1, 2)));

  it('stays, whatever a later flush finds', () => {
    const again = withBad(known, broken(some(1, 2), rejectedBy('750a', 'X')), start + 60_000);
    expect(again.get('contacts-0')).toBe(known.get('contacts-0'));
  });

  it('stays beside what is new', () => {
    const more = withBad(known, broken(some(1, 2, 3)), start + 60_000);
    expect(errants(more)).toEqual([
      ...(errants(known) ?? []),
      {
        ...{
          stage: 'decode',
          code: 'JSON_INVALID',
          rejection: null,
          ranges: [[3, 3]],
          at: start + 60_000,
        },
        ...{ firstTime: start + 3, lastTime: start + 3 },
      },
    ]);
  });

  it('says nothing of records of the same offsets in a topic that was recreated', () => {
    const recreated = records(0, 9, { after: 3_600_000 });
    expect(errants(withBad(known, broken(recreated.slice(1, 3)), start, recreated))).toHaveLength(
      2,
    );
  });

  it('is nothing where no record is errant', () => {
    const state: LedgerState = new Map([['contacts-0', emptyPartition('contacts', 0)]]);
    expect(withBad(state, []).get('contacts-0')).toBe(state.get('contacts-0'));
  });
});
