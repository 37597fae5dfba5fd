import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cellOf } from '../../src/csv/cell.ts';
import type { FieldFormat } from '../../src/csv/field-format.ts';
import { limits } from '../../src/csv/limits.ts';
import { plainCell } from '../../src/csv/plain-cell.ts';
import { isQuoted } from '../../src/csv/quote.ts';
import { anyCharacter } from '../support/any-character.ts';

const formats: readonly FieldFormat[] = ['plain', 'integer', 'date', 'datetime', 'time'];

it.each(['text', 'é', '漢字', 0, -1, 250.5, 1e-6, 1e20, Number.MAX_SAFE_INTEGER, true, false])(
  '%j is written as it is',
  (value) => {
    expect(plainCell(value, 'plain')).toBe(String(value));
  },
);

it.each([
  ...['', 'a,b', 'the "a"', 'a\nb', 'a\rb', '\ud800', 'a\udc00b', '👍'],
  ...['a'.repeat(limits.fieldCharacters + 1), 1e21, 1e-7, Number.NaN, Number.POSITIVE_INFINITY],
  ...[null, ['a']],
])('%j is left to the rules of cells', (value) => {
  expect(plainCell(value, 'plain')).toBeNull();
});

it.each(formats.slice(1))(
  'a text of a field of type %s is left to the rules of cells',
  (format) => {
    expect(plainCell('2026-11-28', format)).toBeNull();
    expect(plainCell(1, format)).toBe('1');
  },
);

it('a cell that is written as it is is what the rules of cells say, and needs no quotes', () => {
  const texts = fc.array(fc.constantFrom('a', '1', '-', 'T', ':', ',', '"', '\r', '\n', '\ud83d'));
  const values = fc.oneof(
    texts.map((parts) => parts.join('')),
    ...[fc.string({ unit: anyCharacter }), fc.date().map(String), fc.boolean()],
    ...[fc.double(), fc.integer(), fc.maxSafeInteger()],
  );
  fc.assert(
    fc.property(values, fc.constantFrom(...formats), (value, format) => {
      const cell = plainCell(value, format);
      if (cell === null) return;
      expect(cellOf(value, 'Title', { nullValues: 'clear', format })).toBe(cell);
      expect(isQuoted(cell)).toBe(false);
    }),
    { numRuns: 5000 },
  );
});
