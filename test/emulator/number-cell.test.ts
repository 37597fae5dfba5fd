import { javaDouble } from 'salesforce-bulk-emulator';
import { expect, test } from 'vitest';

test.each([
  [0, '0.0'],
  [30, '30.0'],
  [-30.25, '-30.25'],
  [0.001, '0.001'],
  [0.00012, '1.2E-4'],
  [9_999_999, '9999999.0'],
  [10_000_000, '1.0E7'],
  [912_260_031, '9.12260031E8'],
])('%d is %s to Java', (number, text) => {
  expect(javaDouble(number)).toBe(text);
});
