import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isQuoted, quotedAll, quotedLength } from '../../src/csv/quote.ts';

const text = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', ' ', '=', 'é', '😀') });

/** As long as several calls of csv-stringify. */
const long = fc.tuple(text, fc.integer({ min: 1, max: 10_000 })).map(([part, times]) => {
  return part.repeat(times).slice(0, 20_000);
});

it('cells that need quotes are quoted as RFC 4180 says, each on its own', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof({ weight: 5, arbitrary: text }, long)), (cells) => {
      const toQuote = cells.filter(isQuoted);
      const expected = toQuote.map((cell) => `"${cell.replaceAll('"', '""')}"`);
      expect(quotedAll(toQuote)).toEqual(expected);
    }),
  );
});

it.each([
  ['', 0],
  ['a', 1],
  ['a,b', 5],
  ['"', 4],
  ['a"b"c', 9],
  ['a\nb', 5],
])('%j has %i characters when quoted', (cell, length) => {
  expect(quotedLength(cell)).toBe(length);
  expect(isQuoted(cell) ? quotedAll([cell])[0]?.length : cell.length).toBe(length);
});
