import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EnvelopeParser } from '../../src/decode/connect/envelope-parser.ts';
import { parseJson } from '../../src/decode/json.ts';
import { utf8Text } from '../../src/decode/text.ts';
import { RecordError } from '../../src/record-error.ts';

const outcomeOf = (parse: () => unknown): unknown => {
  try {
    return parse();
  } catch (error) {
    if (error instanceof RecordError) return error.code;
    throw error;
  }
};

/** The value of bytes that are read without another before them. */
const alone = (bytes: Buffer) => parseJson(utf8Text(bytes));

describe('envelopes of one schema after another', () => {
  const schema = '{"type":"struct","fields":[{"field":",\\"payload\\":","type":"int64"}]}';

  it.each([
    [`{"schema":${schema},"payload":{"a":12345678901234567890}}`],
    [`{"schema":${schema},"payload":null}`],
    [`{"schema":${schema},"payload":{"a":1},"more":{"b":2}}`],
    [`{"schema":${schema},"payload":{"a":1},"payload":{"b":2}}`],
    [`{"schema":${schema},"payload":{"a":1}} `],
    [`{"schema":${schema},"payload":{"a":1}`],
    [`{"schema":${schema},"payload":}`],
    ['{"schema":null,"payload":{"a":1}}'],
    ['{"a":",\\"payload\\":"}'],
    ['7'],
    ['nothing'],
    [''],
    [`\ufeff{"schema":${schema},"payload":{"a":1}}`],
    [`{"schema":${schema},"payload":\ufeff{"a":1}}`],
    [Buffer.from(`{"schema":${schema},"payload":"\xff"}`, 'latin1')],
  ])('read %s as alone', (given) => {
    const parser = new EnvelopeParser();
    const first = Buffer.from(`{"schema":${schema},"payload":{"a":1}}`);
    for (const bytes of [first, Buffer.from(given)]) {
      expect(outcomeOf(() => parser.parse(bytes))).toEqual(outcomeOf(() => alone(bytes)));
    }
  });

  it('are the values that each text has on its own', () => {
    const json = fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.stringify(value));
    const text = fc.oneof(
      fc.tuple(json, json).map(([one, other]) => `{"schema":${one},"payload":${other}}`),
      json.map((payload) => `{"schema":{"type":"string"},"payload":${payload}}`),
      json,
    );
    fc.assert(
      fc.property(fc.array(text, { maxLength: 30 }), (texts) => {
        const parser = new EnvelopeParser();
        for (const one of texts.map((text) => Buffer.from(text))) {
          expect(parser.parse(one)).toEqual(alone(one));
        }
      }),
    );
  });

  it('share their schema, which is not parsed again', () => {
    const parser = new EnvelopeParser();
    const [, second, third] = [1, 2, 3].map((a) => {
      const bytes = Buffer.from(`{"schema":${schema},"payload":{"a":${a}}}`);
      return parser.parse(bytes) as { schema: object };
    });
    expect(second?.schema).toBe(third?.schema);
  });
});
