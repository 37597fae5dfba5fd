import { describe, expect, it } from 'vitest';
import { type Decisions, decide } from '../../src/delivery/decide.ts';
import { afterWritten, type KeyQueue, nextRow, queueOf } from '../../src/delivery/key-queue.ts';
import { afterRejection } from '../../src/delivery/key-search.ts';
import type { RetryWindow } from '../../src/delivery/outcome-table.ts';
import type { Mergeable } from '../../src/rows/merge.ts';
import type { Row } from '../../src/rows/row.ts';
import type { RowResult } from '../../src/salesforce/result/row-result.ts';
import { columns, errorOf, failed, offsetsIn, rowAt } from './given/rows.ts';

const queueAt = (...rows: readonly Row[]) => queueOf([rows as unknown as Mergeable]);

interface Given {
  readonly window?: RetryWindow;
  readonly tolerance?: 'all' | 'none';
}

function decided(
  queue: KeyQueue,
  result: RowResult,
  { window = 'can-retry', tolerance = 'all' }: Given = {},
): Decisions {
  const rows = [nextRow(queue, columns)];
  const results = { results: [result], unmatched: [], unmatchedUnprocessed: 0 };
  return decide(
    {
      ...{ jobId: '750', tolerance, isDone: () => false },
      ...{ canRetry: window === 'can-retry', windowOf: () => window },
    },
    { rows, queues: [queue], results },
  );
}

const ends = ({ queues, errants }: Pick<Decisions, 'queues' | 'errants'>) => ({
  open: queues.map(({ open }) => open.flatMap(offsetsIn)),
  errant: errants.map(({ record }) => record.offset),
});

const mixed = () => queueAt(rowAt(4, 'good'), rowAt(9, 'bad'));
const wrong = failed('INVALID_FIELD');
const locked = failed('UNABLE_TO_LOCK_ROW');

describe('a row that was merged from others', () => {
  it('is searched when it is refused, since one of them may be good', () => {
    for (const tolerance of ['all', 'none'] as const) {
      expect(ends(decided(mixed(), wrong, { tolerance }))).toEqual({ open: [[4, 9]], errant: [] });
    }
  });

  it('is errant with all its records when they all say the same', () => {
    const same = queueAt(rowAt(4, 'bad'), rowAt(9, 'bad'));
    const { errants, ...rest } = decided(same, wrong);
    expect(ends({ errants, ...rest })).toEqual({ open: [], errant: [4, 9] });
    expect(errants.map(({ reason }) => reason)).toEqual(Array(2).fill('INVALID_FIELD of …'));
  });

  it('fails the flush when all its records say the same and none is tolerated', () => {
    const same = queueAt(rowAt(4, 'bad'), rowAt(9, 'bad'));
    const { errants, rejected: errors } = decided(same, wrong, { tolerance: 'none' });
    expect([errants, errors]).toEqual([[], ['INVALID_FIELD of …']]);
  });

  it('is errant with all its records when there is no time to search, and the reason says so', () => {
    const { errants, queues } = decided(mixed(), wrong, { window: 'exhausted' });
    expect(ends({ errants, queues })).toEqual({ open: [], errant: [4, 9] });
    expect(errants[0]?.reason).toBe(
      'INVALID_FIELD of … (error of the row that it was merged into; the record was not sent alone)',
    );
  });

  it('is sent again unchanged after a transient error', () => {
    const { queues, isRetry } = decided(mixed(), locked);
    expect([isRetry, queues.map(({ size, tries }) => [size, tries])]).toEqual([true, [[2, 1]]]);
  });

  it('is errant with all its records when it failed with a transient error at the last attempt', () => {
    const { errants, queues } = decided(mixed(), locked, { window: 'exhausted' });
    expect(ends({ errants, queues })).toEqual({ open: [], errant: [4, 9] });
    expect(errants[0]?.reason).toContain('the record was not sent alone');
  });
});

describe('a search for which time runs out', () => {
  /** Records 1 to 5 were refused as one; the oldest is sent alone. */
  const searching = () => {
    const rows = [1, 2, 3, 4, 5].map((offset) => rowAt(offset));
    const { queue } = afterRejection(
      queueOf([rows as unknown as Mergeable]),
      errorOf('INVALID_FIELD'),
    );
    return queue as KeyQueue;
  };

  it('has errant what was part of the refused row and was not written meanwhile', () => {
    const window = 'exhausted';
    expect(ends(decided(searching(), { kind: 'written' }, { window }))).toEqual({
      ...{ open: [], errant: [2, 3, 4, 5] },
    });
  });

  it('fails the flush where none is tolerated, and no record is errant', () => {
    const given = { window: 'exhausted', tolerance: 'none' } as const;
    const { errants, rejected: errors } = decided(searching(), { kind: 'written' }, given);
    expect([errants, errors]).toEqual([[], ['INVALID_FIELD of …']]);
  });

  it('continues while there is time', () => {
    expect(ends(decided(searching(), { kind: 'written' }))).toEqual({
      ...{ open: [[2, 3, 4, 5]], errant: [] },
    });
    expect(afterWritten(searching())?.size).toBe(2);
  });
});
