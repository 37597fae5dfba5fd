import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packMessages } from '../../src/errant/packing.ts';

const lengths = (calls: readonly (readonly string[])[]) => calls.map(({ length }) => length);

describe('messages are packed', () => {
  it('ten to a call', () => {
    expect(lengths(packMessages(Array<string>(25).fill('m'), 1_000))).toEqual([10, 10, 5]);
    expect(packMessages([], 1_000)).toEqual([]);
  });

  it('fewer when their total size exceeds the limit, in bytes', () => {
    expect(packMessages(['aaa', 'bbb', '€€', 'c'], 7)).toEqual([
      ['aaa', 'bbb'],
      ['€€', 'c'],
    ]);
  });

  it('alone when one exceeds the limit', () => {
    expect(packMessages(['a', 'b'.repeat(9), 'c'], 7)).toEqual([['a'], ['b'.repeat(9)], ['c']]);
  });
});

it('packs each message once and in order, and fills each call before the next', () => {
  const messages = fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }));
  fc.assert(
    fc.property(messages, fc.integer({ min: 1, max: 200 }), (given, maxBytes) => {
      const calls = packMessages(given, maxBytes);
      expect(calls.flat()).toEqual(given);
      calls.forEach((call, index) => {
        const bytes = Buffer.byteLength(call.join(''));
        const next = calls[index + 1]?.[0];
        expect(call.length).toBeLessThanOrEqual(10);
        if (call.length > 1) expect(bytes).toBeLessThanOrEqual(maxBytes);
        if (next === undefined || call.length === 10) return;
        expect(bytes + Buffer.byteLength(next)).toBeGreaterThan(maxBytes);
      });
    }),
  );
});
