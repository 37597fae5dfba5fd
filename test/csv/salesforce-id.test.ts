import fc from 'fast-check';
import { withSuffix } from 'salesforce-bulk-emulator';
import { expect, it } from 'vitest';
import { shortId } from '../../src/csv/salesforce-id.ts';

const characters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'];
const ids = fc
  .array(fc.constantFrom(...characters), { minLength: 15, maxLength: 15 })
  .map((some) => some.join(''));

it('an id is the same in 15 and in 18 characters, and with 18 in any capitals', () => {
  fc.assert(
    fc.property(ids, (id) => {
      const long = withSuffix(id);
      for (const form of [id, long, long.toLowerCase(), long.toUpperCase()]) {
        expect(shortId(form)).toBe(id);
      }
    }),
  );
});

it('what is no id stays as it is', () => {
  for (const text of ['', 'customer-17', '003Em0000000001', '003Em0000000001AA9']) {
    expect(shortId(text)).toBe(text);
  }
});
