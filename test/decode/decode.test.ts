import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ValueFormat } from '../../src/config/settings.ts';
import { createDecode } from '../../src/decode/decode.ts';
import { Decimal, type Fields, InvalidValue, isFields } from '../../src/decode/decoded-record.ts';
import type { KafkaRecord } from '../../src/kafka/record.ts';
import { Deadline, systemClock } from '../../src/runtime/deadline.ts';
import { knownSchemas, outcomesOf } from '../support/values.ts';

const recordOf = (value: string | Buffer | null): KafkaRecord => ({
  topic: 'contacts',
  partition: 0,
  offset: 0,
  timestamp: 0,
  key: null,
  value: value === null ? null : Buffer.from(value),
  headers: [],
});

const deadline = new Deadline(systemClock, Number.POSITIVE_INFINITY);
const decode = (value: string | Buffer | null, format: ValueFormat = 'auto') =>
  createDecode(format, knownSchemas(null))([recordOf(value)], deadline);

const decoded = async (value: string | Buffer | null, format: ValueFormat = 'auto') => {
  const { records: rows, tombstones, errants } = await decode(value, format);
  const [invalid] = invalidValuesOf(rows[0]?.fields);
  return invalid?.code ?? rows[0]?.fields ?? errants[0]?.code ?? tombstones[0]?.fields;
};

/** The invalid values among fields. */
const invalidValuesOf = (fields: Fields | undefined): InvalidValue[] =>
  Object.values(fields ?? {}).flatMap((value) =>
    value instanceof InvalidValue ? [value] : isFields(value) ? invalidValuesOf(value) : [],
  );

const text = (value: unknown): string => JSON.stringify(value);

/** The outcome of a value once its cells are written, which makes invalid values errant. */
const outcome = async (value: string) => (await outcomesOf([value]))[0];

describe('plain JSON', () => {
  it('decodes an object', async () => {
    expect(await decoded('{"LastName":"A","Active":true,"Note":null}')).toEqual({
      LastName: 'A',
      Active: true,
      Note: null,
    });
  });

  it('ignores a byte order mark', async () => {
    expect(await decoded('\ufeff{"a":1}')).toEqual({ a: 1 });
  });

  it.each([
    ['zero bytes', '', 'VALUE_EMPTY'],
    ['broken UTF-8', Buffer.from([0x7b, 0xc3, 0x28, 0x7d]), 'TEXT_NOT_UTF8'],
    [
      'half a surrogate pair in CESU-8',
      Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]),
      'TEXT_NOT_UTF8',
    ],
    ['half a JSON', '{"a":', 'JSON_INVALID'],
    ['a number', '7', 'VALUE_NOT_OBJECT'],
    ['a string', '"text"', 'VALUE_NOT_OBJECT'],
    ['an array', '[{"a":1}]', 'VALUE_NOT_OBJECT'],
    ['a long number', '12345678901234567890', 'VALUE_NOT_OBJECT'],
    ['an object without fields', '{}', 'VALUE_WITHOUT_FIELDS'],
  ])('makes %s errant', async (_name, value, code) => {
    expect(await decoded(value)).toBe(code);
  });

  it('keeps all digits of long numbers at any depth', async () => {
    const value = '{"a":9007199254740993,"b":[0.12345678901234567891],"c":{"d":-1e20,"e":1.50}}';
    expect(await decoded(value)).toEqual({
      a: new Decimal('9007199254740993'),
      b: [new Decimal('0.12345678901234567891')],
      c: { d: -1e20, e: 1.5 },
    });
  });

  it.each([
    '9007199254740993',
    '0.123456789012345678',
    '-9223372036854775807',
    '1e-330',
    '1e399',
    '1.23456789012345e-310',
    '5e-324',
  ])('keeps all digits of %s', async (number) => {
    expect(await decoded(`{"a":${number}}`)).toEqual({ a: new Decimal(number) });
  });

  it('keeps zeros and the smallest normal double as numbers', async () => {
    const value = '{"a":0.00000000000000000000,"b":-0e-999,"c":2.3e-308}';
    expect(await decoded(value)).toEqual({ a: 0, b: -0, c: 2.3e-308 });
  });

  it('keeps fields named like properties of JavaScript objects', async () => {
    const fields = (await decoded('{"__proto__":{"x":1},"constructor":2}')) as object;
    expect(Object.keys(fields)).toEqual(['__proto__', 'constructor']);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  it('makes a record errant whose nesting overflows the stack', async () => {
    const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
    expect(await decoded(`{"x":${deep(50_000)},"n":12345678901234567}`)).toBe('NESTING_TOO_DEEP');
  });

  it('never throws, and never quotes a value in the reason', async () => {
    const secret = fc.string({ minLength: 5 }).map((s) => `pin-${s}`);
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(secret, fc.json(), fc.uint8Array({ minLength: 3 })),
        async (value) => {
          const bytes = typeof value === 'string' ? Buffer.from(value) : Buffer.from(value);
          const { records: rows, tombstones, errants } = await decode(bytes);
          expect(rows.length + tombstones.length + errants.length).toBe(1);
          if (typeof value === 'string' && value.startsWith('pin-')) {
            expect(errants[0]?.reason).not.toContain('pin-');
          }
        },
      ),
    );
  });
});

/** An array schema of this depth; `nestedValue` returns a value of it. */
const nested = (levels: number): object =>
  levels === 0 ? { type: 'string' } : { type: 'array', items: nested(levels - 1) };
const nestedValue = (levels: number): unknown => (levels === 0 ? 'x' : [nestedValue(levels - 1)]);

describe('the Connect envelope', () => {
  const envelope = (fields: object[], payload: object | null) =>
    text({ schema: { type: 'struct', fields }, payload });

  it('returns the fields of its payload, converted by their schemas', async () => {
    const value = envelope(
      [
        { field: 'Name', type: 'string' },
        { field: 'Size', type: 'int32' },
        { field: 'Rate', type: 'double', optional: true },
        { field: 'Big', type: 'int64' },
        { field: 'On', type: 'boolean' },
        { field: 'Tags', type: 'array', items: { type: 'string' } },
        { field: 'Account', type: 'struct', fields: [{ field: 'Ext__c', type: 'string' }] },
        { field: 'Raw', type: 'bytes' },
      ],
      {
        Name: 'A',
        Size: 3,
        Rate: null,
        Big: 7,
        On: false,
        Tags: ['x'],
        Account: { Ext__c: 'E' },
        Raw: 'AA==',
      },
    ).replace('"Big":7', '"Big":9223372036854775807');
    expect(await decoded(value)).toEqual({
      Name: 'A',
      Size: 3,
      Rate: null,
      Big: new Decimal('9223372036854775807'),
      On: false,
      Tags: ['x'],
      Account: { Ext__c: 'E' },
      Raw: 'AA==',
    });
  });

  it('fills an absent field with its default, and keeps an explicit null of an optional one', async () => {
    const fields = [
      { field: 'Level', type: 'string', default: 'low' },
      { field: 'Note', type: 'string', optional: true, default: 'none' },
      { field: 'Rest', type: 'string', optional: true },
    ];
    expect(await decoded(envelope(fields, { Note: null }))).toEqual({
      Level: 'low',
      Note: null,
      Rest: null,
    });
  });

  it('keeps a null struct, a relationship that is null', async () => {
    const account = { field: 'Account', type: 'struct', optional: true, fields: [] };
    const fields = [account, { field: 'Name', type: 'string' }];
    expect(await decoded(envelope(fields, { Account: null, Name: 'A' }))).toEqual({
      ...{ Account: null, Name: 'A' },
    });
  });

  it('keeps the keys of a map out of reasons, since they may be data', async () => {
    const map = { field: 'M', type: 'map', keys: { type: 'string' }, values: { type: 'int32' } };
    const value = envelope([map], { M: { 'ann@example.com': 'x' } });
    expect(await outcome(value)).toEqual({
      code: 'FIELD_NAME_INVALID',
      reason:
        'a field of "M" cannot be a Salesforce field name; rename it or map it to null with FIELD_MAP',
    });
    expect(await outcome(envelope([map], { M: { ann: 'x' } }))).toEqual({
      code: 'ENVELOPE_INVALID',
      reason: 'payload."M"[key] is a string, its schema says int32',
    });
  });

  it('keeps the other fields beside an invalid value', async () => {
    const fields = [
      { field: 'A', type: 'string' },
      { field: 'B', type: 'int64', name: 'io.debezium.time.MicroDuration' },
    ];
    const { records: rows, errants } = await decode(envelope(fields, { A: 'x', B: 1 }));
    expect(errants).toEqual([]);
    expect(rows[0]?.fields).toMatchObject({
      A: 'x',
      B: { kind: 'invalid', code: 'CONNECT_TYPE_UNSUPPORTED' },
    });
  });

  it('names the field in the reason of every invalid value', async () => {
    const name = 'io.debezium.time.ZonedTimestamp';
    const date = { type: 'int32', name: 'org.apache.kafka.connect.data.Date' };
    const cases = [
      [{ type: 'string', name }, 'soon', /^payload\."A": a text is not an ISO 8601 date and time/],
      [date, -999_999, /^"A": a date is outside the years 1700 to 4000/],
      [{ type: 'array', items: date }, [0, -999_999], /^"A\[1\]": a date is outside/],
    ] as const;
    for (const [type, value, reason] of cases) {
      const errant = await outcome(envelope([{ field: 'A', ...type }], { A: value }));
      expect(errant).toMatchObject({ reason: expect.stringMatching(reason) });
    }
  });

  it('takes the default for null in a required field, and ignores the prototype', async () => {
    const fields = [
      { field: 'Level', type: 'string', default: 'low' },
      { field: 'toString', type: 'string', optional: true },
    ];
    expect(await decoded(envelope(fields, { Level: null }))).toEqual({
      Level: 'low',
      toString: null,
    });
  });

  it('omits payload fields that are not in the schema', async () => {
    expect(await decoded(envelope([{ field: 'A', type: 'string' }], { A: 'x', B: 'y' }))).toEqual({
      A: 'x',
    });
  });

  it('reads the payload of a null schema as plain JSON', async () => {
    expect(await decoded(text({ schema: null, payload: { A: 1 } }))).toEqual({ A: 1 });
  });

  it.each([
    ['a wrong type', envelope([{ field: 'A', type: 'int32' }], { A: 'x' }), 'ENVELOPE_INVALID'],
    [
      'a fraction in an integer',
      envelope([{ field: 'A', type: 'int32' }], { A: 1.5 }),
      'ENVELOPE_INVALID',
    ],
    [
      'a missing required field',
      envelope([{ field: 'A', type: 'string' }], { B: 1 }),
      'ENVELOPE_INVALID',
    ],
    ['a field without a name', envelope([{ type: 'string' }], { B: 1 }), 'ENVELOPE_INVALID'],
    ['a schema that is text', text({ schema: 'x', payload: { A: 1 } }), 'ENVELOPE_INVALID'],
    [
      'an unknown type',
      envelope([{ field: 'A', type: 'uuid' }], { A: 'x' }),
      'CONNECT_TYPE_UNSUPPORTED',
    ],
    [
      'a logical type that has no meaning in Salesforce',
      envelope([{ field: 'A', type: 'int64', name: 'io.debezium.time.MicroDuration' }], {
        A: 1,
      }),
      'CONNECT_TYPE_UNSUPPORTED',
    ],
    [
      'a schema that nests too deeply',
      text({
        schema: { type: 'struct', fields: [{ ...nested(40), field: 'A' }] },
        payload: { A: nestedValue(40) },
      }),
      'NESTING_TOO_DEEP',
    ],
    ...[
      ['a date that is text', 'int32', 'org.apache.kafka.connect.data.Date', 'x'],
      ['a date in a field of text', 'string', 'org.apache.kafka.connect.data.Date', 'x'],
      ['a decimal that is not base64', 'bytes', 'org.apache.kafka.connect.data.Decimal', '%%'],
      ['a decimal that is true', 'bytes', 'org.apache.kafka.connect.data.Decimal', true],
      ['a decimal without a scale', 'bytes', 'org.apache.kafka.connect.data.Decimal', 'AQ=='],
      ['bytes that are not base64', 'bytes', null, 'not base64'],
      ['a variable decimal that is text', 'struct', 'io.debezium.data.VariableScaleDecimal', 'x'],
    ].map(([name, type, logical, value]) => [
      name as string,
      envelope([{ field: 'A', type, name: logical }], { A: value }),
      'ENVELOPE_INVALID',
    ]),
    [
      'a map with entries that are not pairs',
      envelope([{ field: 'A', type: 'map', values: { type: 'string' } }], { A: [['k']] }),
      'ENVELOPE_INVALID',
    ],
    [
      'a map with a key that is an object',
      envelope([{ field: 'A', type: 'map', values: { type: 'string' } }], { A: [[{}, 'x']] }),
      'ENVELOPE_INVALID',
    ],
    ['a payload without fields', text({ schema: null, payload: {} }), 'VALUE_WITHOUT_FIELDS'],
    ['a top-level string', text({ schema: { type: 'string' }, payload: 'x' }), 'VALUE_NOT_OBJECT'],
  ])('makes %s errant', async (_name, value, code) => {
    expect(await outcome(value)).toMatchObject({ code });
  });

  it.each(['2x', '2.5', '', '9e1', 2.5, null])(
    'rejects a decimal of the scale %j',
    async (scale) => {
      const decimal = { type: 'bytes', name: 'org.apache.kafka.connect.data.Decimal' };
      const field = { ...decimal, field: 'A', parameters: { scale } };
      expect(await outcome(envelope([field], { A: 'AQ==' }))).toEqual({
        code: 'ENVELOPE_INVALID',
        reason: 'payload."A" is a decimal without a scale',
      });
    },
  );

  it('names bytes that are not base64', async () => {
    expect(await outcome(envelope([{ field: 'A', type: 'bytes' }], { A: 'AQ' }))).toMatchObject({
      reason: 'payload."A" is not base64, its schema says bytes',
    });
  });

  it('is plain JSON with VALUE_FORMAT=json, and required with connect-json', async () => {
    const value = text({ schema: null, payload: { A: 1 } });
    expect(await decoded(value, 'json')).toEqual({ schema: null, payload: { A: 1 } });
    expect(await decoded('{"A":1}', 'connect-json')).toBe('ENVELOPE_INVALID');
  });

  it('is recognized by exactly its two keys', async () => {
    const value = text({ schema: 'sales', payload: 'x', Name: 'y' });
    expect(await decoded(value)).toEqual({ schema: 'sales', payload: 'x', Name: 'y' });
  });
});
