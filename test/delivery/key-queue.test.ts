import { describe, expect, it } from 'vitest';
import {
  afterGivingUp,
  afterRetry,
  afterWritten,
  type KeyQueue,
  type NextQueue,
  nextRow,
  queueOf,
} from '../../src/delivery/key-queue.ts';
import { afterRejection, endSplit } from '../../src/delivery/key-search.ts';
import { columns, errorOf, offsetsIn, rowAt } from './given/rows.ts';

/** The queue of rows with these offsets that can be merged. */
const queueAt = (...offsets: readonly number[]): KeyQueue => {
  const [first = 0, ...others] = offsets;
  return queueOf([[rowAt(first), ...others.map((offset) => rowAt(offset))]]);
};

const next = (queue: KeyQueue | null) =>
  queue === null ? null : offsetsIn(nextRow(queue, columns));

/** What is errant, by offset, and what goes next. */
const seen = ({ queue, errants }: NextQueue) => ({
  next: next(queue),
  errant: errants.map(({ rows, error, wasSentAlone: alone }) => [
    rows.flatMap(offsetsIn),
    error.code,
    alone,
  ]),
});

/** A queue after one refusal after the other, each with the error of this code. */
const refusedWith = (queue: KeyQueue, ...codes: readonly string[]): NextQueue =>
  codes.reduce<NextQueue>(
    (before, code) => afterRejection(before.queue as KeyQueue, errorOf(code)),
    {
      queue,
      errants: [],
    },
  );

describe('the rows of a key', () => {
  it('go out as one', () => {
    expect(next(queueAt(1, 2, 3))).toEqual([1, 2, 3]);
    expect(afterWritten(queueAt(1, 2, 3))).toBeNull();
  });

  it('that cannot be merged go out one run after the other', () => {
    const queue = queueOf([[rowAt(1), rowAt(2)], [rowAt(3)], [rowAt(4), rowAt(5)]]);
    const second = afterWritten(queue);
    expect(next(second)).toEqual([3]);
    expect(seen(afterRejection(second as KeyQueue, errorOf('A')))).toEqual({
      ...{ next: [4, 5], errant: [[[3], 'A', true]] },
    });
  });

  it('are sent again unchanged after a transient error', () => {
    const again = afterRetry(queueAt(1, 2));
    expect(next(again)).toEqual([1, 2]);
    expect(again.tries).toBe(1);
    expect(afterWritten(queueOf([[rowAt(1)], [rowAt(2)]]))?.tries).toBe(0);
  });

  it('that were given up make room for the next run', () => {
    expect(next(afterGivingUp(queueOf([[rowAt(1), rowAt(2)], [rowAt(3)]])))).toEqual([3]);
    expect(afterGivingUp(queueAt(1, 2))).toBeNull();
  });
});

describe('a row of several records that is refused', () => {
  it('sends the oldest alone first, and no record is errant yet', () => {
    expect(seen(refusedWith(queueAt(1, 2, 3, 4), 'A'))).toEqual({ next: [1], errant: [] });
  });

  it('is halved once the oldest is written', () => {
    const { queue } = refusedWith(queueAt(1, 2, 3, 4, 5), 'A');
    expect(next(afterWritten(queue as KeyQueue))).toEqual([2, 3]);
  });

  it('is errant with all its records when they all say the same', () => {
    const same = queueOf([[rowAt(1, 'same'), rowAt(2, 'same')]]);
    expect(seen(afterRejection(same, errorOf('A')))).toEqual({
      next: null,
      errant: [[[1, 2], 'A', true]],
    });
  });

  it('is taken for refused but for the newest after three with the same error', () => {
    const all = queueAt(1, 2, 3, 4, 5, 6);
    expect(seen(refusedWith(all, 'A', 'A', 'A', 'A'))).toEqual({
      ...{ next: [4, 5, 6], errant: [[[3], 'A', true]] },
    });
    expect(seen(refusedWith(all, 'A', 'A', 'A', 'A', 'A'))).toEqual({
      ...{ next: [6], errant: [[[4, 5], 'A', false]] },
    });
  });

  it('is searched on where the three had other errors', () => {
    const all = queueAt(1, 2, 3, 4, 5, 6);
    const { errant } = seen(refusedWith(all, 'A', 'A', 'B', 'A', 'A'));
    expect(errant).not.toContainEqual([[4, 5], 'A', false]);
  });
});

describe('a queue that is stopped', () => {
  it('has errant what was part of a refused row, and the rest is sent', () => {
    const { queue } = refusedWith(queueOf([[rowAt(1), rowAt(2), rowAt(3)], [rowAt(4)]]), 'A');
    const second = afterWritten(queue as KeyQueue);
    expect(seen(endSplit(second))).toEqual({ next: [4], errant: [[[2, 3], 'A', false]] });
  });

  it('keeps what was never part of a refused row', () => {
    const untouched = queueAt(1, 2);
    expect(endSplit(untouched)).toEqual({ queue: untouched, errants: [] });
    expect(endSplit(null)).toEqual({ queue: null, errants: [] });
    const failing = afterRetry(untouched);
    expect(endSplit(failing)).toEqual({ queue: failing, errants: [] });
  });

  it('keeps the rest after single records were refused', () => {
    const { queue } = afterRejection(queueOf([[rowAt(1)], [rowAt(2), rowAt(3)]]), errorOf('A'));
    expect(seen(endSplit(queue))).toEqual({ next: [2, 3], errant: [] });
  });
});
