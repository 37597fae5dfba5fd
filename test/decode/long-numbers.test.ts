import fc from 'fast-check';
import { expect, it } from 'vitest';
import { longNumbersIn } from '../../src/decode/long-numbers.ts';

it.each<[string, readonly string[] | null]>([
  ['{"a":1234567890123456}', ['1234567890123456']],
  ['{"a":123456789012345}', null],
  ['1e100', ['1e100']],
  ['[1E-400,2e+308]', ['1E-400', '2e+308']],
  ['"abe123"', null],
  ['0.12345678901234567', ['0.12345678901234567']],
  ['', null],
])('the long numbers of %s are %j', (text, found) => {
  expect(longNumbersIn(text)).toEqual(found);
});

it('finds what an expression finds in the whole text', () => {
  const parts = fc.constantFrom(
    '1',
    '23',
    '456',
    '0123456789',
    '.',
    'e',
    'E',
    '+',
    '-',
    'x',
    ',"',
    '""',
  );
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 60 }), (given) => {
      const text = given.join('');
      expect(longNumbersIn(text)).toEqual(text.match(/\d[\d.]{15,}|\d[eE][+-]?\d{3}/g));
    }),
    { numRuns: 5000 },
  );
});
