import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  afterWritten,
  type KeyQueue,
  type NextQueue,
  nextRow,
  queueOf,
  type RejectedRows,
} from '../../src/delivery/key-queue.ts';
import { afterRejection, endSplit } from '../../src/delivery/key-search.ts';
import type { Mergeable } from '../../src/rows/merge.ts';
import { columns, errorOf, offsetsIn, rowAt } from './given/rows.ts';

/** The records of one key, cut into runs; `errors[offset]` is why a bad one is refused. */
interface Given {
  readonly cuts: readonly number[];
  readonly errors: readonly (string | null)[];
}

/** What a job made of a row, and what is errant after it. */
interface Job {
  readonly offsets: readonly number[];
  readonly isWritten: boolean;
  readonly errants: readonly RejectedRows[];
}

/** What came of the records of one key. */
interface Searched {
  readonly jobs: readonly Job[];
  /** What is errant since there was no time for a further job. */
  readonly unsearched: readonly RejectedRows[];
  /** What was still to be sent then. */
  readonly left: readonly number[];
}

function runsOf({ cuts, errors }: Given): Mergeable[] {
  const rows = errors.map((_error, offset) => rowAt(offset));
  const inside = cuts.filter((cut) => cut > 0 && cut < rows.length).toSorted((a, b) => a - b);
  const starts = [0, ...new Set(inside)];
  return starts.map((start, run) => rows.slice(start, starts[run + 1]) as unknown as Mergeable);
}

/** Sends row after row to an org that refuses a row as soon as one of its records is bad. */
function search(given: Given, mostJobs = Number.POSITIVE_INFINITY): Searched {
  const jobs: Job[] = [];
  let queue: KeyQueue | null = queueOf(runsOf(given));
  while (queue !== null && jobs.length < mostJobs) {
    const offsets = offsetsIn(nextRow(queue, columns));
    const code = offsets.map((offset) => given.errors[offset]).find((error) => error != null);
    const isWritten = code === undefined;
    const end: NextQueue = isWritten
      ? { queue: afterWritten(queue), errants: [] }
      : afterRejection(queue, errorOf(code as string));
    jobs.push({ offsets, isWritten, errants: end.errants });
    queue = end.queue;
  }
  const end = endSplit(queue);
  const left = end.queue === null ? [] : [...end.queue.open, ...end.queue.later.flat()];
  return { jobs, unsearched: end.errants, left: left.flatMap(offsetsIn) };
}

const offsetsOf = (errants: readonly RejectedRows[]) =>
  errants.flatMap(({ rows }) => rows.flatMap(offsetsIn));

const writtenIn = ({ jobs }: Searched) =>
  jobs.flatMap(({ isWritten, offsets }) => (isWritten ? offsets : []));

/** Up to 60 records, of which few or many are bad, with one error or several. */
const given: fc.Arbitrary<Given> = fc
  .record({ codes: fc.integer({ min: 1, max: 3 }), share: fc.constantFrom(1, 5, 9) })
  .chain(({ codes, share }) => {
    const bad = { weight: share, arbitrary: fc.nat(codes - 1).map((code) => `ERROR_${code}`) };
    const error = fc.oneof({ weight: 10 - share, arbitrary: fc.constant(null) }, bad);
    return fc.record({
      errors: fc.array(error, { minLength: 1, maxLength: 60 }),
      cuts: fc.array(fc.nat(60), { maxLength: 3 }),
    });
  });

const many = { numRuns: 1000 };

describe('of the records of one key, whichever are bad,', () => {
  it('each ends once, as written or as errant, and no bad one is written', () => {
    fc.assert(
      fc.property(given, (some) => {
        const searched = search(some);
        const all = writtenIn(searched).concat(
          searched.jobs.flatMap(({ errants }) => offsetsOf(errants)),
        );
        expect(all.toSorted((a, b) => a - b)).toEqual([...some.errors.keys()]);
        expect(writtenIn(searched).filter((offset) => some.errors[offset] !== null)).toEqual([]);
        expect([searched.unsearched, searched.left]).toEqual([[], []]);
      }),
      many,
    );
  });

  it('a good one is errant only after three in a row that were refused with one error', () => {
    fc.assert(
      fc.property(given, (some) => {
        const { jobs } = search(some);
        const ends = jobs.flatMap<RejectedRows | null>(({ isWritten, errants }) =>
          isWritten ? [null] : errants,
        );
        ends.forEach((end, index) => {
          if (end === null) return;
          const offsets = end.rows.flatMap(offsetsIn);
          if (end.wasSentAlone) {
            expect(offsets.map((offset) => some.errors[offset])).toEqual([end.error.code]);
            return;
          }
          const before = ends.slice(0, index).slice(-3);
          expect(before).toHaveLength(3);
          expect(before.every((one) => one?.error.code === end.error.code)).toBe(true);
        });
      }),
      many,
    );
  });

  it('none goes out after a later one, except in one row with it', () => {
    fc.assert(
      fc.property(given, (some) => {
        const offsets = writtenIn(search(some));
        expect(offsets).toEqual(offsets.toSorted((a, b) => a - b));
      }),
      many,
    );
  });

  it('those of a refused row are errant when time runs out, and the others are left', () => {
    fc.assert(
      fc.property(given, fc.integer({ min: 1, max: 20 }), (some, most) => {
        const searched = search(some, most);
        const { jobs, unsearched, left } = searched;
        const inRefused = new Set(
          jobs.flatMap(({ isWritten, offsets }) => (isWritten ? [] : offsets)),
        );
        const ended = jobs.flatMap(({ errants }) => offsetsOf(errants));
        const open = [...some.errors.keys()].filter(
          (offset) => !(ended.includes(offset) || writtenIn(searched).includes(offset)),
        );
        expect(unsearched.every(({ wasSentAlone: alone }) => !alone)).toBe(true);
        expect(offsetsOf(unsearched)).toEqual(open.filter((offset) => inRefused.has(offset)));
        expect(left).toEqual(open.filter((offset) => !inRefused.has(offset)));
      }),
      many,
    );
  });
});

describe('the search', () => {
  const sizes = fc.integer({ min: 1, max: 60 });
  const jobsOf = (errors: readonly (string | null)[]) => search({ errors, cuts: [] }).jobs.length;

  it('takes one job where none is bad, and six at most where all are, with one error', () => {
    for (let size = 1; size <= 60; size++) {
      expect(jobsOf(Array(size).fill(null))).toBe(1);
      expect(jobsOf(Array(size).fill('A'))).toBeLessThanOrEqual(6);
    }
  });

  it('takes log2(n) and six jobs at most for one bad record of n', () => {
    fc.assert(
      fc.property(sizes, fc.nat(), (size, place) => {
        const errors = Array.from({ length: size }, (_, n) => (n === place % size ? 'A' : null));
        expect(jobsOf(errors)).toBeLessThanOrEqual(Math.ceil(Math.log2(size)) + 6);
      }),
    );
  });
});
