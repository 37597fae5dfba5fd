import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalNumber, plainDigits } from '../../src/csv/number-text.ts';

it.each([
  ['1e3', '1000'],
  ['1.5e3', '1500'],
  ['1.5e1', '15'],
  ['1.25e1', '12.5'],
  ['1e-7', '0.0000001'],
  ['-1.2e-3', '-0.0012'],
  ['12e-1', '1.2'],
  ['1.50e0', '1.5'],
  ['0e5', '0'],
  ['1E+2', '100'],
  ['42', '42'],
])('writes %s as %s', (number, digits) => {
  expect(plainDigits(number)).toBe(digits);
});

it('writes every double without an exponent and unchanged', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (double) => {
      const digits = plainDigits(String(double));
      expect(digits).toMatch(/^-?\d+(\.\d+)?$/);
      expect(Number(digits)).toBe(double === 0 ? Number(String(double)) : double);
    }),
  );
});

it.each(['1e400', '1e-400'])('accepts %s', (number) => {
  expect(plainDigits(number)).toHaveLength(number === '1e400' ? 401 : 402);
});

it.each(['1e401', '1e-401'])('refuses %s', (number) => {
  expect(() => plainDigits(number)).toThrow(/^NUMBER_OUT_OF_RANGE/);
});

it('is fast for a long run of zeros', () => {
  const zeros = '0'.repeat(100_000);
  expect(plainDigits(`1.${zeros}1e1`)).toBe(`10.${zeros.slice(1)}1`);
  expect(plainDigits(`1.${zeros}${zeros}1e1`)).toContain('e1');
});

describe('equal numbers', () => {
  it.each([
    ['1', '01.0', '10e-1', '+1', '1.', '0.1E1'],
    ['0', '-0', '0.00', '.0', '0e7'],
    ['-1200', '-1.2e3', '-1200.000'],
    ['123456789012345678', '1.23456789012345678e17'],
  ])('are normalized to one text: %s', (...forms) => {
    expect(new Set(forms.map(canonicalNumber)).size).toBe(1);
  });

  it.each(['', '.', '+', 'e5', '1e', '0x10', '1,0', 'Infinity', '1 '])(
    'leave other text unchanged: %j',
    (text) => {
      expect(canonicalNumber(text)).toBe(text);
    },
  );

  it('differ from others in every digit', () => {
    const [one, other] = ['9007199254740992', '9007199254740993'].map(canonicalNumber);
    expect(one).not.toBe(other);
  });

  it('are normalized fast in a long run of zeros', () => {
    const zeros = '0'.repeat(100_000);
    expect(canonicalNumber(`1${zeros}`)).toBe('1e100000');
    expect(canonicalNumber(`1.${zeros}`)).toBe('1e0');
    expect(canonicalNumber(`${zeros}1.${zeros}x`)).toContain('x');
  });
});
