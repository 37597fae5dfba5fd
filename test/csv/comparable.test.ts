import fc from 'fast-check';
import { withSuffix } from 'salesforce-bulk-emulator';
import { describe, expect, it } from 'vitest';
import {
  type Comparison,
  comparable,
  comparisonOf,
  looselyComparable,
} from '../../src/csv/comparable.ts';

describe('a field type', () => {
  it.each<[string | undefined, Comparison]>([
    ['int', 'number'],
    ['double', 'number'],
    ['currency', 'number'],
    ['percent', 'number'],
    ['date', 'datetime'],
    ['datetime', 'datetime'],
    ['time', 'datetime'],
    ['boolean', 'boolean'],
    ['id', 'id'],
    ['reference', 'id'],
    ['string', 'text'],
    ['email', 'text'],
    ['a type of a later API version', 'text'],
    ['', 'unknown'],
    [undefined, 'unknown'],
  ])('%s is compared as %s', (type, comparison) => {
    expect(comparisonOf(type)).toBe(comparison);
  });
});

const id = '003Em0000000abC';

const same: readonly (readonly [Comparison, readonly string[]])[] = [
  ['number', ['912260031', '9.12260031E8', '912260031.0', ' +912260031.00']],
  ['number', ['1', '1.0', '01', '1e0']],
  ['number', ['0', '-0', '.0', '0.']],
  ['number', ['123456789012345678', '1.2345678901234568E17']],
  ['number', ['n/a', ' n/a ']],
  ['datetime', ['2024-02-29', ' 2024-02-29']],
  ['datetime', ['2024-02-29T12:30:00.000Z', '2024-02-29T12:30:00Z', '2024-02-29T12:30Z']],
  ['datetime', ['2024-02-29T12:30:00.000Z', '2024-02-29T12:30:00.000+0000', '2024-02-29 12:30:00']],
  ['datetime', ['2024-02-29T23:30:00-01:00', '2024-03-01T00:30:00Z', '2024-03-01t06:00:00+0530']],
  ['datetime', ['2024-02-29T12:30:00.123456Z', '2024-02-29T12:30:00.123Z']],
  ['datetime', ['08:15', '08:15:00', '08:15:00.000Z', '08:15:00.0']],
  ['boolean', ['true', 'TRUE', '1', 'yes']],
  ['boolean', ['false', 'False', '0', 'No']],
  ['id', [id, withSuffix(id), withSuffix(id).toLowerCase(), ` ${id} `]],
  ['text', ['Ann', ' Ann', 'Ann\n', '\tAnn  ']],
  ['unknown', ['1', '1.0']],
  ['unknown', ['2024-02-29T12:30:00Z', '2024-02-29T12:30:00.000+0000']],
];

const other: readonly (readonly [Comparison, string, string])[] = [
  ['number', '1', '10'],
  ['number', '1', '-1'],
  ['number', '1,0', '1.0'],
  ['number', '1e400', '1e500'],
  ['datetime', '2024-02-29', '2024-03-01'],
  ['datetime', '2024-02-29T12:30:00Z', '2024-02-29T12:30:01Z'],
  ['datetime', '2024-02-29T12:30:00Z', '2024-02-29T12:30:00+01:00'],
  ['datetime', '08:15', '08:16'],
  ['datetime', '99:99Z', '2024-99-99T00:00Z'],
  ['boolean', 'true', 'false'],
  ['boolean', 'true', 'on'],
  ['id', id, id.toUpperCase()],
  ['id', id, '003Em0000000abD'],
  ['text', 'Ann', 'ANN'],
  ['text', '1', '1.0'],
  ['text', 'a b', 'a  b'],
  ['unknown', 'Ann', 'ann'],
  ['unknown', '003E00000000400', '003E00000000500'],
];

describe('a cell', () => {
  it.each(same)('compared as %s is equal in other forms: %s', (comparison, cells) => {
    expect(new Set(cells.map((cell) => comparable(cell, comparison))).size).toBe(1);
  });

  it.each(other)('compared as %s is different: %s, %s', (comparison, one, another) => {
    expect(comparable(one, comparison)).not.toBe(comparable(another, comparison));
  });

  it.each([
    ['Ann', 'ANN '],
    ['#N/A', ''],
    [id, withSuffix(id)],
    ['Administrations', 'ADMINISTRATIONS'],
    ['9.12260031E8', '912260031'],
    ['123456789012345034', '1.23456789012345034E17'],
    ['TRUE', 'true'],
  ])('of unknown type is perhaps equal: %s, %j', (one, another) => {
    expect(looselyComparable(one)).toBe(looselyComparable(another));
  });
});

const digits = fc.nat().map(String);
const [year, month, day] = [fc.integer({ min: 1970, max: 2999 }), fc.nat(13), fc.nat(32)];
const two = (number: number) => String(number).padStart(2, '0');
const date = fc.tuple(year, month, day).map(([y, m, d]) => `${y}-${two(m)}-${two(d)}`);
const clock = fc
  .tuple(fc.nat(25), fc.nat(61), fc.constantFrom('', ':00', ':07.5', ':59.1234567'))
  .map(([hour, minute, rest]) => `${two(hour)}:${two(minute)}${rest}`);
const zone = fc.constantFrom('', 'Z', 'z', '+0000', '-01:30', '+0530');
const characters = fc.constantFrom(...'0123456789abcdefEXYZ');
const cells = fc
  .oneof(
    fc.string({ maxLength: 20 }),
    fc.tuple(digits, digits, fc.constantFrom('', 'e3', 'E-7', 'e400')).map((parts) => {
      const [whole, fraction, power] = parts;
      return `${whole}.${fraction}${power}`;
    }),
    fc.tuple(date, fc.constantFrom('T', ' '), clock, zone).map((parts) => parts.join('')),
    ...[digits, date, clock, fc.constantFrom('1', '0', 'YES', 'no', 'True', '#N/A')],
    fc.string({ unit: characters, minLength: 15, maxLength: 15 }),
    fc.string({ unit: characters, minLength: 18, maxLength: 18 }),
  )
  .chain((cell) => fc.constantFrom(cell, ` ${cell}`, `${cell}\n`));

const comparisons = ['number', 'datetime', 'boolean', 'id', 'text', 'unknown'] as const;

describe.each(comparisons)('any cell compared as %s', (comparison) => {
  it('is normalized once', () => {
    fc.assert(
      fc.property(cells, (cell) => {
        const once = comparable(cell, comparison);
        expect(comparable(once, comparison)).toBe(once);
      }),
      { numRuns: 500 },
    );
  });
});

describe.each(['number', 'datetime', 'text', 'unknown'] as const)(
  'compared as %s',
  (comparison) => {
    it('cells that are equal are equal as unknown type', () => {
      fc.assert(
        fc.property(cells, (cell) => {
          expect(looselyComparable(comparable(cell, comparison))).toBe(looselyComparable(cell));
        }),
        { numRuns: 500 },
      );
    });
  },
);

it('an id in any form is equal as unknown type', () => {
  const letters = fc.constantFrom(...'abcdefXYZ');
  fc.assert(
    fc.property(fc.string({ unit: letters, minLength: 11, maxLength: 11 }), (tail) => {
      const short = `003E${tail}`;
      const long = withSuffix(short);
      for (const form of [long, long.toUpperCase(), ` ${long.toLowerCase()}`]) {
        expect(looselyComparable(form)).toBe(looselyComparable(short));
      }
    }),
  );
});
