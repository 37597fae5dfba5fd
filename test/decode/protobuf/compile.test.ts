import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { describe, expect, it } from 'vitest';
import type { FieldValue } from '../../../src/decode/decoded-record.ts';
import { compileProtobuf } from '../../../src/decode/protobuf/compile.ts';
import type { MessageRef } from '../../../src/decode/protobuf/message-ref.ts';
import type { ImportedFile } from '../../../src/decode/protobuf/schema/load-files.ts';
import { RecordError } from '../../../src/record-error.ts';
import { fixtureLines } from '../../support/values.ts';
import { everythingText } from './everything.ts';

const first = { indexes: [0] };

/** Decodes a message of a schema. */
async function decoded(
  text: string,
  bytes: Uint8Array | string,
  { message = first, references = [] }: { message?: MessageRef; references?: ImportedFile[] } = {},
): Promise<FieldValue> {
  const { decode } = compileProtobuf({ text, references });
  return decode(
    typeof bytes === 'string' ? Buffer.from(bytes, 'hex') : Buffer.from(bytes),
    0,
    message,
  );
}

/** The code and reason of the record error that a promise rejects with. */
const errorOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'none',
    (error: unknown) => {
      if (error instanceof RecordError) return error.message;
      throw error;
    },
  );

const proto3 = (body: string): string => `syntax = "proto3"; package example; ${body}`;
const proto2 = (body: string): string => `syntax = "proto2"; package example; ${body}`;

describe('a schema', () => {
  it('has message indexes that count the messages of one level only', async () => {
    const text = proto3(`
      enum E { Z = 0; }
      message A { message B { int32 b = 1; } message C { message D { int32 d = 1; } } }
      service S { rpc Call (A) returns (A); }
      message F { int32 f = 1; }`);
    const names = async (...indexes: number[]) =>
      Object.keys((await decoded(text, '', { message: { indexes } })) as object);
    expect(await names(1)).toEqual(['f']);
    expect(await names(0, 0)).toEqual(['b']);
    expect(await names(0, 1, 0)).toEqual(['d']);
    expect(await errorOf(names(2))).toMatch(/^PROTOBUF_INVALID/);
  });

  it('resolves names from the innermost scope outwards, as protoc does', async () => {
    const text = proto3(`
      message Date { string outer = 1; }
      message A {
        message Inner { message Date { string wrong = 1; } Date date = 1; }
        Date date = 1;
        example.Date full = 2;
        .example.Date absolute = 3;
        Inner inner = 4;
      }`);
    const value = await decoded(
      text,
      '0a03 0a0161 1203 0a0162 1a03 0a0163 2205 0a03 0a0164'.replaceAll(' ', ''),
      {
        message: { name: 'A' },
      },
    );
    expect(value).toEqual({
      date: { outer: 'a' },
      full: { outer: 'b' },
      absolute: { outer: 'c' },
      inner: { date: { wrong: 'd' } },
    });
  });

  it('finds the types of its references, which import others', async () => {
    const references = [
      {
        name: 'a.proto',
        text: 'syntax = "proto3"; package a; import "b.proto"; message A { b.B b = 1; }',
      },
      { name: 'b.proto', text: 'syntax = "proto3"; package b; enum B { ZERO = 0; ONE = 1; }' },
    ];
    const text = proto3('import "a.proto"; message M { a.A a = 1; }');
    expect(await decoded(text, '0a020801', { references })).toEqual({ a: { b: 'ONE' } });
    const missing = decoded(text, '', { references: references.slice(0, 1) });
    expect(await errorOf(missing)).toBe(
      'SCHEMA_INVALID: it refers to "b.B", which neither it nor its imports define',
    );
  });

  it('may be in base64, with references in base64 or as text', async () => {
    const line = fixtureLines('protobuf/frames.tsv').find(
      ([, type]) => type === 'example.leads.Lead',
    );
    const [, , text = '', value = '', , reference = ''] = line ?? [];
    const [, base64 = ''] = /=(.*)$/.exec(reference) ?? [];
    const bytes = Buffer.from(value, 'base64').subarray(6);
    for (const own of [
      base64,
      'syntax = "proto3"; package example; message Contact { message Zone { string LastName = 1; } }',
    ]) {
      const references = [{ name: 'contact.proto', text: own }];
      expect(await decoded(text, bytes, { references })).toMatchObject({ Home: { LastName: 'b' } });
    }
  });

  it('may have custom options, extensions, reserved numbers, services and comments', async () => {
    const text = `/* syntax = "proto3"; */ // edition = "2023";
      syntax = "proto2"; package example;
      import "google/protobuf/descriptor.proto"; import "confluent/meta.proto"; import "unknown.proto";
      option java_package = "x"; option (confluent.file_meta).doc = "a"; ;
      extend google.protobuf.FieldOptions { optional string note = 50000; }
      message A {
        option (confluent.message_meta) = { doc: "x" tags: ["PII", "y"] params: [{ key: "a" value: "b" }] };
        reserved 5, 7 to 9; reserved "old"; extensions 100 to max;
        optional string optional = 1 [(note) = "b", deprecated = true, json_name = "o", default = "d\\x41"];
        repeated int32 message = 2 [packed = true]; ;
        extend A { optional string inner_extension = 100; }
      }
      extend A { optional int32 outer_extension = 101; }`;
    // The extensions are skipped like unknown fields.
    expect(await decoded(text, '1202010aa20601 61a80607'.replace(' ', ''))).toEqual({
      optional: 'dA',
      message: [1, 10],
    });
  });

  it.each([
    ['no text', ''],
    ['another language', '{"type":"record"}'],
    ['an unfinished text', 'syntax = "proto3"; message A { int32 a = '],
    ['base64 of something else', Buffer.from('pin-4711-pin-4711').toString('base64')],
    ['a type that is nowhere', proto3('message A { Nobody a = 1; }')],
    [
      'messages that are nested too deeply',
      proto3(`${'message A { '.repeat(5_000)}${'}'.repeat(5_000)}`),
    ],
  ])('is errant with %s, without its text in the reason', async (_what, text) => {
    const message = await errorOf(decoded(text, ''));
    expect(message).toMatch(/^(SCHEMA_INVALID|PROTOBUF_INVALID): /);
    expect(message).not.toMatch(/record|int32|4711/);
  });
});

describe('a field', () => {
  it.each(['constructor', 'prototype', 'toString', 'hasOwnProperty', 'fields', 'valueOf'])(
    'may be named %s',
    async (name) => {
      const text = proto3(`message ${name} { int32 ${name} = 1; ${name} more = 2; }`);
      expect(await decoded(text, '08011200')).toEqual({
        ...{ [name]: 1, more: { [name]: 0, more: null } },
      });
    },
  );

  it('named __proto__ is skipped', async () => {
    expect(
      await decoded(proto3('message A { int32 __proto__ = 1; int32 b = 2; }'), '08011002'),
    ).toEqual({ b: 2 });
  });

  it('that occurs again has its last value, and a message the fields of all occurrences', async () => {
    const text = proto3(
      'message A { int32 n = 1; A a = 2; repeated int32 list = 3; oneof o { A x = 4; int32 y = 5; } }',
    );
    expect(await decoded(text, '08010802')).toMatchObject({ n: 2 });
    const merged = '1202 0801 1204 1a020102 1202 0803 1202 1803'.replaceAll(' ', '');
    expect(await decoded(text, merged)).toMatchObject({ a: { n: 3, list: [1, 2, 3] } });
    const fields = async (hex: string) => Object.keys((await decoded(text, hex)) as object);
    expect(await fields('220208012805')).toEqual(['n', 'a', 'list', 'y']);
    expect(await decoded(text, '2202080128052200')).toMatchObject({ x: { n: 0 } });
  });

  it('of a google.type.DateTime has no time after 24:00', async () => {
    const text = proto3(
      'import "google/type/datetime.proto"; message A { google.type.DateTime d = 1; }',
    );
    const at = (clock: string) => {
      const fields = `08ea0f1002181c${clock}`;
      return decoded(text, `0a${(fields.length / 2).toString(16).padStart(2, '0')}${fields}`);
    };
    expect(await at('2018')).toMatchObject({ d: { ms: Date.UTC(2026, 2, 1) } });
    expect(await at('2017283b303c')).toMatchObject({ d: { ms: Date.UTC(2026, 2, 1) } });
    expect(await at('2018281e')).toMatchObject({ d: { code: 'DATE_INVALID' } });
    expect(await at('20183001')).toMatchObject({ d: { code: 'DATE_INVALID' } });
  });

  it('of an absent enum in a map of proto2 is the first of the enum, whatever its number', async () => {
    const text = proto2('message A { map<string, E> m = 1; } enum E { LOW = 3; HIGH = 4; }');
    expect(await decoded(text, '0a030a0161')).toEqual({ m: { a: 'LOW' } });
  });

  it('of a map has its last entry, whose parts may be absent', async () => {
    const text = proto3('message A { map<string, A> m = 1; map<sint64, bool> b = 2; }');
    const empty = { m: {}, b: {} };
    expect(await decoded(text, '0a00')).toEqual({ m: { '': empty }, b: {} });
    expect(await decoded(text, '0a0d0a095f5f70726f746f5f5f1200')).toEqual({
      m: Object.fromEntries([['__proto__', empty]]),
      b: {},
    });
    expect(await decoded(text, '120408011001 1202 0801'.replaceAll(' ', ''))).toEqual({
      m: {},
      b: { '-1': false },
    });
    expect(await decoded(text, '120b08ffffffffffffffffff01')).toMatchObject({
      b: { '-9223372036854775808': false },
    });
  });

  it('of another wire type than its own is skipped', async () => {
    const text = proto3('message A { int32 n = 1; string s = 2; A a = 3; repeated string l = 4; }');
    const other = '0d00000000 1001 1801 2001 0a03616263'.replaceAll(' ', '');
    expect(await decoded(text, other)).toEqual({ n: 0, s: '', a: null, l: [] });
  });

  it('that is a group may contain groups and unknown ones', async () => {
    const text = proto2(
      'message A { repeated group Item = 1 { optional int32 n = 2; optional group More = 3 { optional string s = 4; } } }',
    );
    const bytes = new BinaryWriter();
    bytes.tag(1, WireType.StartGroup).tag(2, WireType.Varint).int32(7);
    bytes.tag(3, WireType.StartGroup).tag(4, WireType.LengthDelimited).string('a');
    bytes.tag(9, WireType.StartGroup).tag(9, WireType.EndGroup).tag(3, WireType.EndGroup);
    bytes.tag(1, WireType.EndGroup);
    expect(await decoded(text, bytes.finish())).toEqual({ item: [{ n: 7, more: { s: 'a' } }] });
  });

  it('of an enum with several names for a number has the first', async () => {
    const text = proto3(
      'message A { E e = 1; } enum E { option allow_alias = true; Z = 0; A1 = 1; A2 = 1; }',
    );
    expect(await decoded(text, '0801')).toEqual({ e: 'A1' });
  });

  it('of bool is true for any number but zero', async () => {
    const text = proto3('message A { bool b = 1; }');
    expect(await decoded(text, '0880808080808001')).toEqual({ b: true });
    expect(await decoded(text, '08808000')).toEqual({ b: false });
  });

  it('that has the type of a group which another field declares keeps its own name', async () => {
    const text = proto2(
      'message A { optional group Foo_Bar = 3 { optional int32 n = 1; } optional Foo_Bar other = 4; }',
    );
    expect(await decoded(text, '1b08071c22020805')).toEqual({ foo_bar: { n: 7 }, other: { n: 5 } });
  });

  it.each([
    ['\\u00e9', null],
    ['\\U0001F600', null],
    ['a\\xe2\\x82\\xac', null],
    ['\\303\\251', null],
    ['é', 'é'],
    ['\\x41\\102\\n\\"', 'AB\n"'],
  ])('has the default %s, or none that could be wrong', async (written, value) => {
    const text = proto2(`message A { optional string a = 1 [default = "${written}"]; }`);
    const read = (await decoded(text, '')) as { a: unknown };
    if (value === null) expect(read.a).toMatchObject({ code: 'PROTOBUF_TYPE_UNSUPPORTED' });
    else expect(read).toEqual({ a: value });
  });

  it('that is a group has the name of its type in lower case', async () => {
    const text = proto2('message A { optional group ResultSet = 1 { optional int32 n = 2; } }');
    expect(await decoded(text, '0b10070c')).toEqual({ resultset: { n: 7 } });
  });

  it('that is required and absent makes its record errant', async () => {
    const text = proto2('message A { optional B b = 1; } message B { required int32 n = 1; }');
    expect(await errorOf(decoded(text, '0a00'))).toBe(
      'PROTOBUF_INVALID: "b"."n": its schema says it is required, and the message lacks it',
    );
  });

  it.each([
    ['int64', '9223372036854775807', { code: 'PROTOBUF_TYPE_UNSUPPORTED' }],
    ['int64', '-0x10', -16],
    ['double', 'inf', Number.POSITIVE_INFINITY],
    ['bytes', '"\\xff"', { code: 'PROTOBUF_TYPE_UNSUPPORTED' }],
    ['bool', 'true', true],
    ['string', '"it\'s" " one"', "it's one"],
  ])('of proto2 that is absent has its default, %s %s', async (type, text, value) => {
    const schema = proto2(`message A { optional ${type} v = 1 [default = ${text}]; }`);
    const { v } = (await decoded(schema, '')) as { v: FieldValue };
    if (typeof value === 'object') expect(v).toMatchObject(value);
    else expect(v).toBe(value);
  });

  it('has the presence that its edition, file, message or itself says', async () => {
    const text = `edition = "2023"; package example; option features.field_presence = IMPLICIT;
      message A {
        option features.field_presence = EXPLICIT;
        int32 a = 1; int32 b = 2 [features.field_presence = IMPLICIT]; B c = 3;
      }
      message B { int32 d = 1; }`;
    expect(await decoded(text, '1a00')).toEqual({ a: null, b: 0, c: { d: 0 } });
  });
});

describe('bytes that are not a message', () => {
  it.each([
    ['a field of number 0', '0001', 'a field has a number that none can have'],
    ['a tag of more than 32 bits', '8880808010 01', 'a field has a number that none can have'],
    ['a wire type that is none', '0f', 'a field has a wire type that is none'],
    ['the end of a group that did not begin', '0c', 'a field has a wire type that is none'],
    ['a group without end', 'a301', 'the bytes end before the value does'],
    ['a group that ends as another', 'a301ac01', 'a field has a wire type that is none'],
    [
      'a varint of 11 bytes',
      '18ffffffffffffffffffff01',
      '"int32_value": a varint has more than 10',
    ],
    ['a length beyond the bytes', '7205616263', '"string_value": the bytes end before'],
    ['a length of 64 bits', '72ffffffffffffffffff01', '"string_value": the bytes end before'],
    ['a packed list that ends within an item', 'fa010180', '"int32_list": the bytes end before'],
    ['a fixed number that is cut', '0900000000', '"double_value": the bytes end before'],
    ['an invalid message', '8a0102 7205', '"nested"."string_value": the bytes end before'],
    ['an invalid entry of a map', 'ca0202 0a05', '"int64_map"."key": the bytes end before'],
    ['a key that is no text', 'ca0204 0a02c328', '"int64_map": a string is not UTF-8 text'],
  ])('are errant with %s', async (_what, hex, reason) => {
    expect(await errorOf(decoded(everythingText, hex.replaceAll(' ', '')))).toContain(reason);
  });

  it('have a string that is no cell when it is not UTF-8', async () => {
    const value = await decoded(everythingText, '7202c3287a02c328');
    expect(value).toMatchObject({
      string_value: { kind: 'invalid', code: 'TEXT_NOT_UTF8' },
      bytes_value: 'wyg=',
    });
  });

  it('are errant beyond 100 levels of messages, and of groups', async () => {
    const nest = (levels: number): Buffer => {
      let bytes = Buffer.alloc(0);
      for (let level = 0; level < levels; level++) {
        const head = new BinaryWriter()
          .tag(17, WireType.LengthDelimited)
          .uint32(bytes.length)
          .finish();
        bytes = Buffer.concat([head, bytes]);
      }
      return bytes;
    };
    expect(await errorOf(decoded(everythingText, nest(99)))).toBe('none');
    expect(await errorOf(decoded(everythingText, nest(100)))).toMatch(
      /^NESTING_TOO_DEEP: "nested"."nested"."nested"."nested".…: the value has more than 100 levels/,
    );
    expect(await errorOf(decoded(everythingText, Buffer.alloc(1_000_000, 0x1b)))).toBe(
      'NESTING_TOO_DEEP: the value has more than 100 levels',
    );
  });

  it('are errant when their messages have more fields than memory is for', async () => {
    const fields = Array.from({ length: 500 }, (_, n) => `int32 f${n} = ${n + 2};`).join('');
    const text = proto3(`message A { repeated A a = 1; ${fields} }`);
    const bytes = Buffer.alloc(6_000_000, Buffer.from('0a00', 'hex'));
    expect(await errorOf(decoded(text, bytes))).toBe(
      'PROTOBUF_INVALID: "a": the messages have more than 1000000 fields',
    );
  });
});

describe("what Google's Protobuf for Python makes of changed bytes", () => {
  /** Google's Protobuf rejects a message for text that is not UTF-8, which here is one field. */
  const hasInvalidText = (value: FieldValue): boolean =>
    JSON.stringify(value).includes('TEXT_NOT_UTF8');

  it('is the same here', async () => {
    const { decode } = compileProtobuf({ text: everythingText, references: [] });
    const read = (base64: string): FieldValue | null => {
      try {
        const value = decode(Buffer.from(base64, 'base64'), 0, first);
        return hasInvalidText(value) ? null : value;
      } catch (error) {
        if (error instanceof RecordError) return null;
        throw error;
      }
    };
    const lines = fixtureLines('protobuf/corrupt.tsv');
    const differences = lines.filter(([bytes = '', result = '']) => {
      const expected = result === 'error' ? null : read(result);
      return JSON.stringify(read(bytes)) !== JSON.stringify(expected);
    });
    expect(differences).toEqual([]);
  });
});
