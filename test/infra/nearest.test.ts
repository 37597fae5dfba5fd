import fc from 'fast-check';
import { expect, test } from 'vitest';
import { didYouMean, nearest } from '../../infra/nearest.ts';
import { settings } from '../../src/config/settings.ts';

const names = Object.keys(settings);

test.each([
  ['ERROR_TOLERANCE', 'ERRORS_TOLERANCE'],
  ['VALUES_FORMAT', 'VALUE_FORMAT'],
  ['UPLOADMODE', 'UPLOAD_MODE'],
  ['null_values', 'NULL_VALUES'],
  ['FIELDMAP', 'FIELD_MAP'],
  ['TOMBSTONE', 'TOMBSTONES'],
  ['TRANSFROM', 'TRANSFORM'],
])('%s most probably means %s', (written, meant) => {
  expect(nearest(written, names)).toBe(meant);
  expect(didYouMean(written, names)).toBe(`; did you mean ${meant}?`);
});

test.each(['FOO', 'LOG', 'X', '', 'GREETING'])('%s means none of them', (written) => {
  expect(nearest(written, names)).toBe(null);
  expect(didYouMean(written, names)).toBe('');
});

test('a name with one letter left out, added, changed or swapped is found', () => {
  const slip = fc.constantFrom<(name: string, at: number) => string>(
    (name, at) => name.slice(0, at) + name.slice(at + 1),
    (name, at) => `${name.slice(0, at)}Q${name.slice(at)}`,
    (name, at) => `${name.slice(0, at)}Q${name.slice(at + 1)}`,
    (name, at) =>
      name.slice(0, at) +
      name
        .slice(at, at + 2)
        .split('')
        .reverse()
        .join('') +
      name.slice(at + 2),
  );
  fc.assert(
    fc.property(fc.constantFrom(...names), slip, fc.nat(30), (name, change, at) => {
      expect(nearest(change(name, at % name.length), names)).toBe(name);
    }),
  );
});
