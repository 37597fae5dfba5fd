import avsc from 'avsc';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileAvro } from '../../../src/decode/avro/compile.ts';
import type { RecordError } from '../../../src/record-error.ts';

const record = (fields: object[], more: object = {}) =>
  JSON.stringify({ type: 'record', name: 'Contact', namespace: 'com.example', fields, ...more });

const outcome = (schema: string | string[], bytes: Buffer) => {
  try {
    return compileAvro([schema].flat())(bytes, 0);
  } catch (error) {
    return (error as RecordError).code;
  }
};

/** Encodes a value with avsc, whose wrapped unions take the branch as a key. */
const encoded = (schema: string, value: unknown): Buffer =>
  avsc.Type.forSchema(JSON.parse(schema), { wrapUnions: true }).toBuffer(value);

describe('bytes that do not match their schema', () => {
  const schema = record([
    { name: 'LastName', type: 'string' },
    { name: 'Tags', type: { type: 'array', items: 'string' } },
    { name: 'More', type: { type: 'map', values: ['null', 'bytes', 'double'] } },
  ]);
  const value = { LastName: 'Okoye', Tags: ['a', 'b'], More: { X: { double: 1 }, Y: null } };
  const whole = encoded(schema, value);

  it('are errant wherever they are truncated', () => {
    expect(outcome(schema, whole)).toMatchObject({ LastName: 'Okoye' });
    for (let length = 0; length < whole.length; length++) {
      expect(outcome(schema, whole.subarray(0, length))).toBe('AVRO_INVALID');
    }
  });

  it('are errant when bytes follow the value', () => {
    expect(outcome(schema, Buffer.concat([whole, Buffer.from([0])]))).toBe('AVRO_INVALID');
  });

  it('have a reason that says whether they are too short or too long', () => {
    const double = compileAvro([JSON.stringify('double')]);
    expect(() => double(Buffer.alloc(7), 0)).toThrow('the bytes end before the value does');
    expect(() => double(Buffer.alloc(10), 0)).toThrow('2 bytes follow the value');
  });

  it.each([
    ['null', 'null'],
    ['records without fields', { type: 'record', name: 'Empty', fields: [] }],
    ['records of nothing', { type: 'record', name: 'E', fields: [{ name: 'A', type: 'null' }] }],
    ['no bytes', { type: 'fixed', name: 'None', size: 0 }],
  ])('are a fault of their field when an array claims any number of %s', (_name, items) => {
    const fields = [
      { name: 'A', type: { type: 'array', items } },
      { name: 'B', type: 'int' },
    ];
    const decode = compileAvro([record(fields)]);
    for (const claim of ['0600', 'feffffff0f00', 'feffffff0ffeffffff0f00', '050000']) {
      expect(decode(Buffer.from(`${claim}0e`, 'hex'), 0)).toMatchObject({
        A: {
          code: 'LIST_ITEM_INVALID',
          reason: expect.stringContaining('of a type without a value'),
        },
        B: 7,
      });
    }
    expect(decode(Buffer.of(0, 14), 0)).toEqual({ A: [], B: 7 });
  });

  it('are a fault of their field when they are no big-decimal', () => {
    const schema = record([
      { name: 'A', type: { type: 'bytes', logicalType: 'big-decimal' } },
      { name: 'B', type: 'int' },
    ]);
    for (const bytes of ['', '02', '02050000']) {
      const length = Buffer.of(bytes.length).toString('hex');
      expect(compileAvro([schema])(Buffer.from(`${length}${bytes}0e`, 'hex'), 0)).toMatchObject({
        A: { code: 'AVRO_INVALID' },
        B: 7,
      });
    }
  });

  it('yield one record of zero bytes, however often types refer to it', () => {
    const nothing = { type: 'record', name: 'R0', fields: [{ name: 'A', type: 'null' }] };
    const schemas = Array.from({ length: 60 }, (_, n) => {
      const fields = ['A', 'B'].map((name) => ({ name, type: `R${n}` }));
      return JSON.stringify({ type: 'record', name: `R${n + 1}`, fields });
    });
    const value = outcome([JSON.stringify(nothing), ...schemas], Buffer.alloc(0));
    expect(Object.keys(value as object)).toEqual(['A', 'B']);
  });

  it.each(['int', 'long', 'bytes', 'string', 'array', 'map'])(
    'are errant where the numbers of an %s go on and on',
    (type) => {
      const schema = JSON.stringify({ type, items: 'int', values: 'int' });
      const endless = Buffer.concat([Buffer.alloc(200, 0x80), Buffer.alloc(9)]);
      expect(outcome(schema, endless)).toBe('AVRO_INVALID');
    },
  );

  it('are errant when an int has more than 32 bits', () => {
    expect(outcome('"int"', Buffer.from('feffffff0f', 'hex'))).toBe(2 ** 31 - 1);
    expect(outcome('"int"', Buffer.from('feffffff1f', 'hex'))).toBe('AVRO_INVALID');
  });

  it('have a reason with the path of the field, cut to four names', () => {
    const decode = compileAvro([
      record([
        { name: 'Next', type: ['null', 'Contact'] },
        { name: 'Flag', type: ['null', 'int'] },
      ]),
    ]);
    const reasonAt = (depth: number): string => {
      try {
        decode(Buffer.from([...Array(depth).fill(2), 0, 9]), 0);
      } catch (error) {
        return (error as RecordError).reason;
      }
      return '';
    };
    expect(reasonAt(0)).toBe('"Flag": the bytes do not match the schema');
    expect(reasonAt(2)).toBe('"Next"."Next"."Flag": the bytes do not match the schema');
    const deep = '"Next"."Next"."Next"."Next".…: the bytes do not match the schema';
    expect(reasonAt(4)).toBe(deep);
    expect(reasonAt(1_000)).toBe(deep);
  });

  it.each(['array', 'map'])(
    'are errant before an %s is given room for more items than there are bytes',
    (type) => {
      const schema = JSON.stringify({ type, items: 'int', values: 'int' });
      const claim = Buffer.concat([Buffer.from('feffffff0f', 'hex'), Buffer.alloc(9)]);
      expect(() => compileAvro([schema])(claim, 0)).toThrow('the bytes do not match the schema');
    },
  );

  it('are errant when a union has no such branch', () => {
    expect(outcome(record([{ name: 'A', type: ['null', 'int'] }]), Buffer.from([4]))).toBe(
      'AVRO_INVALID',
    );
  });

  it('are errant when an enum has no such symbol', () => {
    const level = { type: 'enum', name: 'Level', symbols: ['Gold'] };
    expect(outcome(record([{ name: 'A', type: level }]), Buffer.from([2]))).toBe('AVRO_INVALID');
  });

  it('are errant when a string is not UTF-8, but not when it contains U+FFFD', () => {
    const text = record([{ name: 'A', type: 'string' }]);
    expect(outcome(text, Buffer.from([4, 0xc3, 0x28]))).toMatchObject({
      A: { kind: 'invalid', code: 'TEXT_NOT_UTF8' },
    });
    expect(outcome(text, encoded(text, { A: 'a\ufffdb' }))).toEqual({ A: 'a\ufffdb' });
  });

  it('are errant as a whole when a string is truncated, since the next value cannot be found', () => {
    const fields = [
      { name: 'A', type: 'string' },
      { name: 'B', type: 'int' },
    ];
    expect(outcome(record(fields), Buffer.from([20, 4]))).toBe('AVRO_INVALID');
  });

  it('are errant when they overflow the stack', () => {
    const node = record([{ name: 'Next', type: ['null', 'Contact'] }]);
    expect(outcome(node, Buffer.alloc(1_000_000, 2))).toBe('NESTING_TOO_DEEP');
  });

  it('only throw record errors, whose reasons do not quote them', () => {
    const decode = compileAvro([schema]);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat(whole.length - 1), (noise, at) => {
        const bytes = Buffer.concat([whole.subarray(0, at), noise, whole.subarray(at + 1)]);
        try {
          decode(bytes, 0);
        } catch (error) {
          expect(error).toMatchObject({ name: 'RecordError' });
          expect((error as RecordError).reason).not.toMatch(/Oko|kye/);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('a schema', () => {
  it('may have defaults that its logical types cannot encode', () => {
    const schema = record([
      { name: 'A', type: { type: 'int', logicalType: 'date' }, default: 0 },
      { name: 'B', type: ['null', 'string'], default: null },
      {
        name: 'C',
        type: { type: 'bytes', logicalType: 'decimal', precision: 4, scale: 2 },
        default: '\u0000',
      },
    ]);
    expect(outcome(schema, Buffer.from([0, 0, 2, 5]))).toMatchObject({
      A: { kind: 'date', days: 0 },
      B: null,
    });
  });

  it('may name its types with and without a namespace', () => {
    const schema = record([
      { name: 'A', type: { type: 'enum', name: 'Level', symbols: ['Gold'] } },
      { name: 'B', type: 'com.example.Level' },
      {
        name: 'C',
        type: {
          type: 'record',
          name: 'other.Part',
          fields: [{ name: 'D', type: { type: 'fixed', name: 'Two', size: 2 } }],
        },
      },
      { name: 'E', type: 'other.Two' },
      { name: 'F', type: { type: 'Level' } },
    ]);
    expect(outcome(schema, Buffer.from([0, 0, 1, 2, 3, 4, 0]))).toEqual({
      A: 'Gold',
      B: 'Gold',
      C: { D: 'AQI=' },
      E: 'AwQ=',
      F: 'Gold',
    });
  });

  it('may reference others', () => {
    const level = JSON.stringify({ type: 'enum', name: 'com.other.Level', symbols: ['Gold'] });
    const account = JSON.stringify({
      type: 'record',
      name: 'com.other.Account',
      fields: [{ name: 'Level__c', type: 'Level' }],
    });
    const contact = record([{ name: 'Account', type: ['null', 'com.other.Account'] }]);
    expect(outcome([level, account, contact], Buffer.from([2, 0]))).toEqual({
      Account: { Level__c: 'Gold' },
    });
  });

  it('may be a union of records, for a topic of several types', () => {
    const [one, other] = ['One', 'Other'].map((name) => ({
      type: 'record',
      name,
      fields: [{ name, type: 'int' }],
    }));
    expect(outcome(JSON.stringify([one, other]), Buffer.from([2, 14]))).toEqual({ Other: 7 });
  });

  it('may have two records, two numbers, a string and an enum in one union', () => {
    const account = {
      type: 'record',
      name: 'Account',
      fields: [{ name: 'Ext__c', type: 'string' }],
    };
    const owner = { type: 'record', name: 'Owner', fields: [{ name: 'Email', type: 'string' }] };
    const level = { type: 'enum', name: 'Level', symbols: ['Gold'] };
    const schema = record([
      { name: 'A', type: ['null', account, owner, level, 'string', 'int', 'double'] },
    ]);
    const value = (branch: unknown) =>
      (outcome(schema, encoded(schema, { A: branch })) as { A?: unknown }).A;
    expect(value({ 'com.example.Owner': { Email: 'x' } })).toEqual({ Email: 'x' });
    expect(value({ 'com.example.Level': 'Gold' })).toBe('Gold');
    expect(value({ string: 's' })).toBe('s');
    expect(value({ int: 1 })).toBe(1);
    expect(value({ double: 1.5 })).toBe(1.5);
    expect(value(null)).toBeNull();
  });

  it.each([
    ['a record', { type: 'record', name: 'toString', fields: [{ name: 'A', type: 'int' }] }],
    ['a record', { type: 'record', name: '__proto__', fields: [{ name: 'A', type: 'int' }] }],
  ])('of %s may be named like a property of JavaScript objects', (_name, schema) => {
    expect(outcome(JSON.stringify(schema), Buffer.from([2]))).toEqual({ A: 1 });
  });

  it('may have symbols that every object of JavaScript inherits', () => {
    const level = { type: 'enum', name: 'Level', symbols: ['valueOf', 'constructor', 'toString'] };
    const schema = record([
      { name: 'A', type: level },
      { name: 'hasOwnProperty', type: 'Level' },
    ]);
    expect(outcome(schema, Buffer.from([2, 4]))).toEqual({
      ...{ A: 'constructor', hasOwnProperty: 'toString' },
    });
  });

  it('may have names with letters beyond ASCII, as in Java', () => {
    const schema = record([
      { name: 'Größe', type: { type: 'enum', name: 'Maß', symbols: ['klein', 'groß'] } },
      { name: 'Другое', type: ['null', 'com.example.Maß'] },
      { name: 'Weg', type: { type: 'record', name: 'straße.Straße', fields: [] } },
      { name: 'Zurück', type: 'straße.Straße' },
      { name: 'u_c39f', type: 'int', doc: 'Größe, in Metern' },
    ]);
    expect(outcome(schema, Buffer.from([2, 2, 0, 14]))).toEqual({
      Größe: 'groß',
      Другое: 'klein',
      Weg: {},
      Zurück: {},
      u_c39f: 7,
    });
    expect(() => compileAvro([schema])(Buffer.from([9]), 0)).toThrow(/"Größe": the bytes do not/);
  });

  it('may refer from a namespace to a name in none', () => {
    const part = {
      type: 'record',
      name: 'Part',
      namespace: '',
      fields: [{ name: 'N', type: 'int' }],
    };
    const schema = record([
      { name: 'A', type: part },
      { name: 'B', type: 'Part' },
      { name: 'C', type: ['null', 'Part'] },
    ]);
    expect(outcome(schema, Buffer.from([2, 4, 2, 6]))).toEqual({
      A: { N: 1 },
      B: { N: 2 },
      C: { N: 3 },
    });
  });

  it.each(['2', 2.5, null])('of a decimal whose scale is %j has no logical type', (scale) => {
    const decimal = { type: 'bytes', logicalType: 'decimal', precision: 4, scale };
    expect(outcome(record([{ name: 'A', type: decimal }]), Buffer.from([2, 5]))).toEqual({
      A: 'BQ==',
    });
  });

  it('may be recursive', () => {
    const schema = record([
      { name: 'Name', type: 'string' },
      { name: 'Parent', type: ['null', 'Contact'] },
    ]);
    expect(outcome(schema, Buffer.from([2, 97, 2, 2, 98, 0]))).toEqual({
      Name: 'a',
      Parent: { Name: 'b', Parent: null },
    });
  });

  it('of a map keeps keys named like properties of JavaScript objects', () => {
    const schema = record([{ name: 'M', type: { type: 'map', values: 'string' } }]);
    const key = Buffer.from('__proto__');
    const bytes = Buffer.concat([Buffer.from([2, key.length * 2]), key, Buffer.from([2, 120, 0])]);
    const { M } = outcome(schema, bytes) as { M: object };
    expect(Object.entries(M)).toEqual([['__proto__', 'x']]);
  });

  it.each([
    ['no JSON', '{'],
    ['null', 'null'],
    ['a type that there is not', '"text"'],
    ['a name that is not defined', record([{ name: 'A', type: 'Account' }])],
    ['a record without fields', '{"type":"record","name":"A"}'],
    ['a field name that is no name', record([{ name: 'a b', type: 'int' }])],
    ['a field that would be lost', record([{ name: '__proto__', type: 'int' }])],
    ['endless nesting', `${'{"type":"array","items":'.repeat(20_000)}"int"${'}'.repeat(20_000)}`],
    ['nothing', ''],
  ])('that is %s is refused, without quoting it', (_name, schema) => {
    expect(() => compileAvro([schema])).toThrow(/^SCHEMA_INVALID: it is not a valid Avro schema$/);
  });
});

it('any value that avsc encodes is decoded unchanged, whatever its schema', () => {
  const scalar = fc.constantFrom('int', 'double', 'string', 'boolean', 'bytes');
  const value = {
    int: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
    double: fc.double(),
    string: fc.string({ unit: 'grapheme' }),
    boolean: fc.boolean(),
    bytes: fc.uint8Array().map((bytes) => Buffer.from(bytes)),
  };
  const field = scalar.chain((type) =>
    fc.tuple(
      fc.constant(type),
      fc.option(value[type as keyof typeof value] as fc.Arbitrary<unknown>),
      fc.boolean(),
    ),
  );
  fc.assert(
    fc.property(fc.array(field, { minLength: 1, maxLength: 8 }), (fields) => {
      const schema = record(fields.map(([type], n) => ({ name: `F${n}`, type: ['null', type] })));
      const written = Object.fromEntries(
        fields.map(([type, given], n) => [`F${n}`, given === null ? null : { [type]: given }]),
      );
      const read = fields.map(([, given], n) => [
        `F${n}`,
        Buffer.isBuffer(given) ? given.toString('base64') : given,
      ]);
      expect(outcome(schema, encoded(schema, written))).toEqual(Object.fromEntries(read));
    }),
  );
});

it('every float is decoded to the shortest number that rounds to it', () => {
  const decode = compileAvro([JSON.stringify('float')]);
  fc.assert(
    fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (float) => {
      const bytes = Buffer.alloc(4);
      bytes.writeFloatLE(float);
      const read = decode(bytes, 0) as number;
      expect(Math.fround(read) === float).toBe(true);
      expect(
        String(read)
          .replace(/[-.]|e.*/g, '')
          .replace(/^0+|0+$/g, '').length,
      ).toBeLessThanOrEqual(9);
    }),
  );
});

it('every long keeps its digits', () => {
  const decode = compileAvro([JSON.stringify({ type: 'long', 'connect.version': 1 })]);
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (long) => {
      const bytes: number[] = [];
      let zigzag = BigInt.asUintN(64, (long << 1n) ^ (long >> 63n));
      for (; zigzag > 127n; zigzag >>= 7n) bytes.push(Number(zigzag & 127n) | 128);
      const read = decode(Buffer.from([...bytes, Number(zigzag)]), 0);
      expect(
        typeof read === 'number' ? BigInt(read) : BigInt((read as { source: string }).source),
      ).toBe(long);
    }),
    // Where doubles become inexact.
    { examples: [[-4503599627370497n], [-9007199254740991n], [2n ** 51n], [-(2n ** 51n) - 1n]] },
  );
});

it('a chain of 8,000 record types costs only the values that are as deep', () => {
  const count = 8_000;
  const schemas = Array.from({ length: count }, (_, index) => {
    const number = count - 1 - index;
    const next = number === count - 1 ? 'null' : ['null', `R${number + 1}`];
    const fields = [
      { name: 'a', type: 'string' },
      { name: 'f', type: next },
    ];
    return JSON.stringify({ type: 'record', name: `R${number}`, fields });
  });
  const decode = compileAvro(schemas);
  // A text of one character, and the branch of null.
  expect(decode(Buffer.from([2, 0x61, 0]), 0)).toEqual({ a: 'a', f: null });
});
