import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FieldValue } from '../../src/decode/decoded-record.ts';
import { doubleOrDecimal } from '../../src/decode/exact-number.ts';
import { parseJson } from '../../src/decode/json.ts';

/** Parses JSON with the source text of each number, however long that takes. */
function exactly(text: string): FieldValue {
  const keep = (_name: string, value: unknown, { source }: { source?: string }) =>
    typeof value === 'number' && source !== undefined ? doubleOrDecimal(source, value) : value;
  return JSON.parse(text, keep as (name: string, value: unknown) => unknown) as FieldValue;
}

const times = '"ts_us":1795788467083719,"ts_ns":1795788467083719123';

describe('long numbers of a change event keep their digits', () => {
  it.each([
    ['of its times', `{"op":"c","source":{${times}},"after":{"a":1},${times}}`],
    ['of its times, in a Connect envelope', `{"schema":{},"payload":{"source":{${times}}}}`],
    ['of the row', `{"op":"c","source":{${times}},"after":{"a":90071992547409931},${times}}`],
    ['of a time in the row', `{"op":"c","source":{${times}},"after":{${times}},${times}}`],
    ['of a time in the row alone', `{"op":"c","source":{},"after":{${times}}}`],
    ['of texts, which are none', `{"source":{${times}},"after":{"a":"90071992547409931"}}`],
    ['of a time that is negative', '{"source":{"ts_us":-1795788467083719}}'],
    ['of a time with an exponent', '{"source":{"ts_us":1.795788467083719123e15}}'],
  ])('%s', (_what, text) => {
    expect(parseJson(text)).toEqual(exactly(text));
  });

  it('whatever and wherever they are', () => {
    const digits = fc.stringMatching(/^[1-9]\d{0,20}(\.\d{1,5})?([eE][+-]?\d{1,3})?$/);
    const value = fc.oneof(digits, fc.constantFrom('1795788467083719', '"1795788467083719"', '1'));
    const name = fc.constantFrom('ts_us', 'ts_ns', 'a');
    const object = fc
      .uniqueArray(fc.tuple(name, value), { selector: ([key]) => key, maxLength: 3 })
      .map((members) => `{${members.map(([key, json]) => `"${key}":${json}`).join(',')}}`);
    const event = fc
      .tuple(object, object, object)
      .map(([source, after, outer]) =>
        outer.replace('{', `{"source":${source},"after":${after}${outer === '{}' ? '' : ','}`),
      );
    fc.assert(
      fc.property(event, fc.boolean(), (text, isPayload) => {
        const json = isPayload ? `{"schema":null,"payload":${text}}` : text;
        expect(parseJson(json)).toEqual(exactly(json));
      }),
      { numRuns: 2_000 },
    );
  });
});
