import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from '../../src/delivery/decide.ts';
import type { DecisionContext } from '../../src/delivery/decide-row.ts';
import { type KeyQueue, nextRow, queueOf } from '../../src/delivery/key-queue.ts';
import type { RetryWindow } from '../../src/delivery/outcome-table.ts';
import type { Mergeable } from '../../src/rows/merge.ts';
import type { Row } from '../../src/rows/row.ts';
import type { RowResult } from '../../src/salesforce/result/row-result.ts';
import { columns, failed, offsetsIn, rowAt } from './given/rows.ts';

const kinds: readonly RowResult[] = [
  { kind: 'written' },
  { kind: 'unprocessed' },
  failed('UNABLE_TO_LOCK_ROW'),
  failed('REQUIRED_FIELD_MISSING'),
];

interface Given extends Partial<DecisionContext> {
  readonly window?: RetryWindow;
}

/** What is decided of the next row of each queue, by its result. */
function decided(
  pairs: readonly (readonly [KeyQueue, RowResult])[],
  { window = 'can-retry', ...given }: Given = {},
) {
  const queues = pairs.map(([queue]) => queue);
  const results = { results: pairs.map(([, result]) => result), unmatched: [] };
  const rows = queues.map((queue) => nextRow(queue, columns));
  const circumstances = {
    ...({ jobId: '750', tolerance: 'all', isDone: () => false, windowOf: () => window } as const),
    ...{ canRetry: window === 'can-retry', ...given },
  };
  return decide(circumstances, {
    ...{ rows, queues, results: { ...results, unmatchedUnprocessed: 0 } },
  });
}

const queueAt = (...rows: readonly Row[]) => queueOf([rows as unknown as Mergeable]);
const openIn = (queues: readonly KeyQueue[]) => queues.map(({ open }) => open.flatMap(offsetsIn));
const offsetsOf = (errants: ReturnType<typeof decided>['errants']) =>
  errants.map(({ record }) => record.offset);

const one = (offset: number, result: RowResult) => [queueAt(rowAt(offset)), result] as const;
const oneOfEach = kinds.map((result, offset) => one(offset, result));

describe('the rows of a job', () => {
  it('are sent again or errant while there are attempts and errors are tolerated', () => {
    const { queues, errants, ...rest } = decided(oneOfEach);
    expect(openIn(queues)).toEqual([[1], [2]]);
    expect(queues.map(({ tries }) => tries)).toEqual([1, 1]);
    expect(errants).toMatchObject([
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
    expect(rest).toEqual({ unmatched: [], rejected: [], unprocessed: 0, isRetry: true });
  });

  it('fail the flush at last, with redacted errors, where none is tolerated', () => {
    expect(decided(oneOfEach, { window: 'exhausted', tolerance: 'none' })).toMatchObject({
      errants: [],
      rejected: ['UNABLE_TO_LOCK_ROW of …', 'REQUIRED_FIELD_MISSING of …'],
      unprocessed: 1,
    });
  });

  it('are decided each in its own window', () => {
    const locked = failed('UNABLE_TO_LOCK_ROW');
    const windowOf = (_queue: KeyQueue, row: Row) =>
      offsetsIn(row)[0] === 0 ? ('can-retry' as const) : ('exhausted' as const);
    const { queues, errants } = decided([one(0, locked), one(1, locked)], { windowOf });
    expect(openIn(queues)).toEqual([[0]]);
    expect(offsetsOf(errants)).toEqual([1]);
  });

  it('that are as their record wants them already are written, whatever the error says', () => {
    const isDone = ({ code }: { code: string }) => code === 'ENTITY_IS_DELETED';
    const gone = [one(0, failed('ENTITY_IS_DELETED'))];
    expect(decided(gone, { isDone })).toMatchObject({ queues: [], errants: [] });
    expect(decided(gone, { isDone, tolerance: 'none' })).toMatchObject({ rejected: [] });
  });

  it('of which none knows the result count as not attempted', () => {
    const { unprocessed } = decide(
      {
        ...{ jobId: '750', tolerance: 'all', isDone: () => false, canRetry: false },
        windowOf: () => 'exhausted',
      },
      {
        ...{ rows: [rowAt(0)], queues: [queueAt(rowAt(0))] },
        results: { results: [], unmatched: [], unmatchedUnprocessed: 0 },
      },
    );
    expect(unprocessed).toBe(1);
  });
});

it('each row has exactly one end', () => {
  const tolerance = fc.constantFrom('all', 'none');
  const window = fc.constantFrom<RetryWindow>('can-retry', 'next-delivery', 'exhausted');
  const row = fc.tuple(fc.constantFrom(...kinds), window);
  fc.assert(
    fc.property(fc.array(row), tolerance, (some, tolerated) => {
      const pairs = some.map(([result], offset) => one(offset, result));
      const windowOf = (_queue: KeyQueue, { records }: Row) =>
        some[records[0]?.offset ?? 0]?.[1] ?? 'exhausted';
      const decision = decided(pairs, { windowOf, tolerance: tolerated, canRetry: true });
      const written = some.filter(([{ kind }]) => kind === 'written');
      const { queues, errants, rejected: refused, unprocessed } = decision;
      const fatal = refused.length + unprocessed;
      // A row that fails the flush stays in its queue, which is no longer used.
      const open = queues.length - fatal;
      expect(open + errants.length + fatal + written.length).toBe(some.length);
    }),
  );
});
