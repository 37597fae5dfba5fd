import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Draft } from '../../src/csv/draft.ts';
import type { RowFate } from '../../src/salesforce/result/fates.ts';
import { sortRows } from '../../src/settle/sort-rows.ts';
import { factOf, verdicts } from '../../src/settle/verdict.ts';

const recordAt = (offset: number) => ({
  ...{ topic: 't', partition: 0, offset, timestamp: 7, key: null, value: null, headers: [] },
});

const rowAt = (...offsets: readonly number[]): Draft => ({
  ...{ records: offsets.map(recordAt), columns: [], cells: [] },
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

const rows = fates.map((fate, offset) => ({ row: rowAt(offset), fate }));

const offsetsOf = (drafts: readonly Draft[]) =>
  drafts.flatMap(({ records }) => records.map(({ offset }) => offset));

describe('the rows of a job', () => {
  it('are sent again or errant while there are attempts and errors are tolerated', () => {
    const sorted = sortRows(rows, { jobId: '750', tolerance: 'all', moment: 'early' });
    expect(offsetsOf(sorted.again)).toEqual([1, 2]);
    expect(sorted.errants).toEqual([
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
    const sorted = sortRows(rows, { jobId: '750', tolerance: 'none', moment: 'last' });
    expect(sorted).toEqual({
      ...{ again: [], errants: [] },
      refused: ['UNABLE_TO_LOCK_ROW of …', 'REQUIRED_FIELD_MISSING of …'],
      unprocessed: 1,
    });
  });

  it('make all of their records errant', () => {
    const row = { row: rowAt(4, 9), fate: failed('INVALID_FIELD') };
    const { errants } = sortRows([row], { jobId: '750', tolerance: 'all', moment: 'last' });
    expect(errants.map(({ record }) => record.offset)).toEqual([4, 9]);
  });
});

it('each row has exactly one end', () => {
  const tolerance = fc.constantFrom('all', 'none');
  const moment = fc.constantFrom('earlier', 'early', 'last');
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...fates)), tolerance, moment, (some, ...given) => {
      const judgement = { jobId: '750', tolerance: given[0], moment: given[1] };
      const sorted = sortRows(
        some.map((fate, offset) => ({ row: rowAt(offset), fate })),
        judgement,
      );
      const written = some.filter((fate) => {
        return verdicts[given[0]][factOf(fate)][given[1]] === 'written';
      });
      const { again, errants, refused, unprocessed } = sorted;
      const ends = again.length + errants.length + refused.length + unprocessed + written.length;
      expect(ends).toBe(some.length);
    }),
  );
});
