import fc from 'fast-check';
import { withSuffix } from 'salesforce-bulk-emulator';
import { expect, it } from 'vitest';
import { shortId } from '../../src/csv/salesforce-id.ts';

const characters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'];
const ids = fc
  .array(fc.constantFrom(...characters), { minLength: 15, maxLength: 15 })
  .map((some) => some.join(''));

it('an id of 18 characters, in any case, is shortened to its 15', () => {
  fc.assert(
    fc.property(ids, (id) => {
      const long = withSuffix(id);
      for (const form of [id, long, long.toLowerCase(), long.toUpperCase()]) {
        expect(shortId(form)).toBe(id);
      }
    }),
  );
});

it('other text is unchanged', () => {
  for (const text of ['', 'customer-17', '003Em0000000001', '003Em0000000001AA9']) {
    expect(shortId(text)).toBe(text);
  }
});
