import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Draft } from '../../src/csv/draft.ts';
import type { RowFate } from '../../src/salesforce/result/fates.ts';
import { sortRows } from '../../src/settle/sort-rows.ts';
import type { Moment } from '../../src/settle/verdict.ts';

const recordAt = (offset: number) => ({
  ...{ topic: 't', partition: 0, offset, timestamp: 7, key: null, value: null, headers: [] },
});

const rowAt = (offset: number, cell = ''): Draft => ({
  ...{ records: [recordAt(offset)], parts: [], share: '', columns: [0], cells: [cell] },
});

/** A row that was made of others, which have one key. */
const rowOf = (...parts: readonly Draft[]): Draft => ({
  ...{ records: parts.flatMap(({ records }) => records), parts, share: '' },
  ...{ columns: [0], cells: [parts.at(-1)?.cells[0] ?? ''] },
});

const failed = (code: string): RowFate => ({
  kind: 'failed',
  error: { code, message: `${code} of 'secret'`, told: `${code} of …` },
});

const fates: readonly RowFate[] = [
  { kind: 'written' },
  { kind: 'unprocessed' },
  failed('UNABLE_TO_LOCK_ROW'),
  failed('REQUIRED_FIELD_MISSING'),
];

const rowsAt = (moment: Moment) =>
  fates.map((fate, offset) => ({ row: rowAt(offset), fate, moment, hidesOthers: false }));

const offsetsOf = (drafts: readonly Draft[]) =>
  drafts.map(({ records }) => records.map(({ offset }) => offset));

describe('the rows of a job', () => {
  it('are sent again or errant while there are attempts and errors are tolerated', () => {
    const sorted = sortRows(rowsAt('early'), { jobId: '750', tolerance: 'all' });
    expect(offsetsOf(sorted.again)).toEqual([[1], [2]]);
    expect(sorted.errants).toMatchObject([
      {
        record: { topic: 't', partition: 0, offset: 3, timestamp: 7 },
        stage: 'salesforce',
        code: 'ROW_REJECTED',
        reason: 'REQUIRED_FIELD_MISSING of …',
        rejection: {
          ...{ jobId: '750', errorCode: 'REQUIRED_FIELD_MISSING' },
          message: "REQUIRED_FIELD_MISSING of 'secret'",
        },
      },
    ]);
    expect(sorted).toMatchObject({ refused: [], unprocessed: 0 });
  });

  it('fail the flush at last, told of without values, where none is tolerated', () => {
    const sorted = sortRows(rowsAt('last'), { jobId: '750', tolerance: 'none' });
    expect(sorted).toEqual({
      ...{ again: [], errants: [] },
      refused: ['UNABLE_TO_LOCK_ROW of …', 'REQUIRED_FIELD_MISSING of …'],
      unprocessed: 1,
    });
  });

  it('are judged each at its own moment', () => {
    const [fate] = [failed('UNABLE_TO_LOCK_ROW')];
    const rows = [
      { row: rowAt(0), fate, moment: 'early', hidesOthers: false },
      { row: rowAt(1), fate, moment: 'last', hidesOthers: false },
    ] as const;
    const { again, errants } = sortRows(rows, { jobId: '750', tolerance: 'all' });
    expect(offsetsOf(again)).toEqual([[0]]);
    expect(errants.map(({ record }) => record.offset)).toEqual([1]);
  });
});

describe('a row that was made of others', () => {
  const judge = (row: Draft, fate: RowFate, moment: Moment, hidesOthers = false) => {
    const { again, errants } = sortRows([{ row, fate, moment, hidesOthers }], {
      jobId: '750',
      tolerance: 'all',
    });
    return {
      again: offsetsOf(again),
      shares: again.map(({ share }) => share),
      errant: errants.map(({ record }) => record.offset),
    };
  };
  const mixed = rowOf(rowAt(4, 'good'), rowAt(9, 'bad'));
  const same = rowOf(rowAt(4, 'bad'), rowAt(9, 'bad'));
  const refused = failed('INVALID_FIELD');

  it('is taken apart when it is refused, since one of them may be good', () => {
    for (const moment of ['earlier', 'early', 'late', 'last'] as const) {
      expect(judge(mixed, refused, moment)).toEqual({
        ...{ again: [[4], [9]], shares: ['a', 'b'], errant: [] },
      });
    }
  });

  it('is taken apart in halves, which are not merged with each other again', () => {
    const many = rowOf(...['a', 'b', 'c', 'd', 'e'].map((cell, offset) => rowAt(offset, cell)));
    expect(judge(many, refused, 'early')).toMatchObject({ shares: ['a', 'a', 'a', 'b', 'b'] });
    const half = rowOf({ ...rowAt(3, 'd'), share: 'b' }, { ...rowAt(4, 'e'), share: 'b' });
    expect(judge(half, refused, 'early')).toMatchObject({ shares: ['ba', 'bb'] });
  });

  it('is errant with all its records when they all say the same', () => {
    expect(judge(same, refused, 'early')).toMatchObject({ again: [], errant: [4, 9] });
  });

  it('and of which an earlier delivery has one record only gives it a try of its own', () => {
    expect(judge(rowAt(4), refused, 'earlier', true)).toMatchObject({ again: [[4]], errant: [] });
    expect(judge(rowAt(4), refused, 'early')).toMatchObject({ again: [], errant: [4] });
  });

  it('is sent again in its parts, to be made anew, when it failed in passing', () => {
    expect(judge(mixed, failed('UNABLE_TO_LOCK_ROW'), 'early')).toEqual({
      ...{ again: [[4], [9]], shares: ['', ''], errant: [] },
    });
  });
});

it('each row has exactly one end', () => {
  const tolerance = fc.constantFrom('all', 'none');
  const moment = fc.constantFrom<Moment>('earlier', 'early', 'late', 'last');
  const row = fc.tuple(fc.constantFrom(...fates), moment);
  fc.assert(
    fc.property(fc.array(row), tolerance, (some, tolerated) => {
      const rows = some.map(([fate, one], offset) => ({
        row: rowAt(offset),
        fate,
        moment: one,
        hidesOthers: false,
      }));
      const sorted = sortRows(rows, { jobId: '750', tolerance: tolerated });
      const written = some.filter(([{ kind }]) => kind === 'written');
      const { again, errants, refused, unprocessed } = sorted;
      const ends = again.length + errants.length + refused.length + unprocessed + written.length;
      expect(ends).toBe(some.length);
    }),
  );
});
