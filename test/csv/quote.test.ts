import fc from 'fast-check';
import { expect, it } from 'vitest';
import { quoted, quotedLength } from '../../src/csv/quote.ts';

it('quotedLength is the length of the quoted cell', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', 'é', '😀') });
  fc.assert(
    fc.property(text, (cell) => {
      expect(quotedLength(cell)).toBe(quoted(cell).length);
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
});
