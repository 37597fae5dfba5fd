import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isInRanges,
  rangesAmong,
  rangesFromText,
  rangesText,
  withoutRanges,
} from '../../src/ledger/offset-ranges.ts';

describe('the ranges of offsets', () => {
  it.each([
    ['all', [3, 4, 5], [3, 4, 5], [[3, 5]]],
    ['all over a gap in the topic', [3, 4, 9], [3, 4, 9], [[3, 9]]],
    ['none', [3, 4, 5], [], []],
    [
      'some, with a record between them',
      [3, 4, 5],
      [3, 5],
      [
        [3, 3],
        [5, 5],
      ],
    ],
    ['some at the end', [3, 4, 5, 6], [5, 6], [[5, 6]]],
    [
      'some, whatever the order',
      [6, 3, 5, 4],
      [4, 3, 6],
      [
        [3, 4],
        [6, 6],
      ],
    ],
  ])('of %s', (_name, all, chosen, ranges) => {
    expect(rangesAmong(all, new Set(chosen))).toEqual(ranges);
  });

  it('hold exactly the chosen ones of all offsets', () => {
    const picked = fc.array(fc.tuple(fc.nat(60), fc.boolean()));
    fc.assert(
      fc.property(picked, (all) => {
        const chosen = new Map(all);
        const offsets = [...chosen.keys()];
        const ranges = rangesAmong(offsets, new Set(offsets.filter((one) => chosen.get(one))));
        for (const one of offsets) expect(isInRanges(one, ranges)).toBe(chosen.get(one));
      }),
    );
  });
});

/** No other offsets between two ranges, as `runsOf` makes them. */
const someRuns = fc.array(fc.tuple(fc.integer({ min: 2, max: 50 }), fc.nat(9))).map((steps) => {
  let end = -1;
  return steps.map(([distance, more]) => {
    const first = end + distance;
    end = first + more;
    return [first, end] as const;
  });
});

it('without others they hold the same offsets but for those in them, in as few ranges', () => {
  fc.assert(
    fc.property(someRuns, someRuns, (ranges, removed) => {
      const rest = withoutRanges(ranges, removed);
      for (let offset = 0; offset < 400; offset++) {
        const stays = isInRanges(offset, ranges) && !isInRanges(offset, removed);
        expect([offset, isInRanges(offset, rest)]).toEqual([offset, stays]);
      }
      expect(rest.every(([first, last]) => first <= last)).toBe(true);
      expect(rest.toSorted(([one], [other]) => one - other)).toEqual(rest);
    }),
  );
});

describe('the text of ranges', () => {
  it('gives distances', () => {
    const ranges = [
      [1042, 1099],
      [1101, 1101],
      [1104, 1113],
    ] as const;
    expect(rangesText(ranges)).toBe('1042+57 2 3+9');
    expect(rangesText([])).toBe('');
    expect(rangesText([[0, 0]])).toBe('0');
  });

  it('is read as it was written', () => {
    fc.assert(
      fc.property(someRuns, fc.nat(Number.MAX_SAFE_INTEGER - 10_000), (ranges, base) => {
        const moved = ranges.map(([first, last]) => [first + base, last + base] as const);
        expect(rangesFromText(rangesText(moved))).toEqual(moved);
      }),
    );
  });

  it.each(['x', '1 ', ' 1', '1  2', '1+', '1..2', '-1', '1.5', '99999999999999999'])(
    'is not taken for an encoded range: %j',
    (text) => {
      expect(rangesFromText(text)).toBeNull();
    },
  );
});
