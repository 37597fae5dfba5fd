import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { messageNameHeaders } from '../../../src/decode/frame/apicurio.ts';
import { compileProtobuf } from '../../../src/decode/protobuf/compile.ts';
import {
  apicurioHeaderMessage,
  apicurioMessage,
  confluentMessage,
  glueMessage,
  type MessageStart,
} from '../../../src/decode/protobuf/message-ref.ts';
import { compileSchema } from '../../../src/decode/schema/compile.ts';

/** The wire format's zero byte and schema id. */
const idLength = 5;

/** The byte 1 and the schema's GUID in Confluent's header, before the indexes. */
const guidLength = 17;

interface Frame {
  readonly serializer: string;
  readonly type: string;
  readonly schema: string;
  readonly value: Buffer;
  readonly headers: string;
  readonly references: readonly { readonly name: string; readonly text: string }[];
}

const frames: Frame[] = readFileSync(
  new URL('../fixtures/protobuf/frames.tsv', import.meta.url),
  'utf8',
)
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => {
    const [serializer = '', type = '', schema = '', value = '', headers = '', references = ''] =
      line.split('\t');
    return {
      ...{ serializer, type, headers },
      schema: schema.replaceAll('\\n', '\n'),
      value: Buffer.from(value, 'base64'),
      references: [...references.matchAll(/([^= ]+)=(\S+)/g)].map(([, name = '', text = '']) => ({
        ...{ name, text },
      })),
    };
  });

/** The values of Apicurio's headers by their names. */
const headersOf = ({ headers }: Frame): ReadonlyMap<string, Buffer> =>
  new Map(
    headers.split(' ').map((header) => {
      const at = header.indexOf('=');
      return [header.slice(0, at), Buffer.from(header.slice(at + 1), 'base64')];
    }),
  );

const starts: Readonly<Record<string, (frame: Frame) => MessageStart>> = {
  confluent: ({ value }) => confluentMessage(value, idLength),
  'confluent with header': ({ headers }) => {
    const { message } = confluentMessage(Buffer.from(headers, 'base64'), guidLength);
    return { message, start: 0 };
  },
  glue: ({ value }) => glueMessage(value, 0),
  apicurio: ({ value }) => apicurioMessage(value, idLength),
  'apicurio with indexes alone': ({ value }) => confluentMessage(value, idLength),
  'apicurio with headers': (frame) =>
    apicurioHeaderMessage(
      frame.value,
      headersOf(frame).get(messageNameHeaders.value) ?? Buffer.alloc(0),
    ),
};

it.each(frames)("what the serializer '$serializer' writes of $type is read", async (frame) => {
  const { decode } = compileProtobuf({ text: frame.schema, references: frame.references });
  const { message, start } = starts[frame.serializer]?.(frame) ?? expect.fail();
  const known = { LastName: 'a' };
  const fields: Readonly<Record<string, object>> = {
    'example.Contact': { Home: null, Tags: {} },
    'example.leads.Lead': { Home: { LastName: 'b' }, Since__c: null },
  };
  expect(decode(frame.value, start, message)).toEqual({ ...known, ...fields[frame.type] });
});

it('the text of the file is the schema of its descriptor', async () => {
  const text = readFileSync(new URL('../fixtures/protobuf/contact.proto', import.meta.url), 'utf8');
  const { decode } = compileProtobuf({ text, references: [] });
  const own = frames.filter(({ type }) => !type.includes('leads'));
  for (const frame of own) {
    const { message, start } = starts[frame.serializer]?.(frame) ?? expect.fail();
    expect(decode(frame.value, start, message)).toMatchObject({ LastName: 'a' });
  }
});

describe('the bytes before a message', () => {
  const bytes = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex');

  it.each([
    ['00 08', [0], 1],
    ['02 06 08', [3], 2],
    ['04 00 02 08', [0, 1], 3],
    ['02 80 02 08', [128], 3],
  ])("of Confluent's serializer are message indexes: %s", (hex, indexes, start) => {
    expect(confluentMessage(bytes(hex), 0)).toEqual({ message: { indexes }, start });
  });

  it.each([
    ['no bytes', ''],
    ['an end too early', '06 02'],
    ['a negative number', '01 02'],
    ['a negative index', '02 01'],
    ['more indexes than levels', 'fe ff ff ff 0f 02'],
    ["none, as KafkaJS's registry client writes", '1a 05 4f 6b 6f 79 65'],
    ['a number without end', '80 80 80 80 80 80 80 80 80 80 80'],
  ])("are errant as those of Confluent's serializer with %s", (_what, hex) => {
    expect(() => confluentMessage(bytes(hex), 0)).toThrow(/^PROTOBUF_INVALID: the value does not/);
  });

  it.each([
    ['no bytes', ''],
    ['an end too early', '80'],
  ])("are errant as those of AWS Glue's serializer with %s", (_what, hex) => {
    expect(() => glueMessage(bytes(hex), 0)).toThrow(/^PROTOBUF_INVALID: the value does not/);
  });

  it.each([
    ['no bytes', ''],
    ['an end too early', '05 0a 03 41'],
    ['another field', '05 12 03 41 42 43'],
    ['a name that is longer', '03 0a 03 41 42 43'],
    ['a name that is shorter', '05 0a 02 41 42 43'],
    ['no field', '00 08'],
  ])("are errant as those of Apicurio's serializer with %s", (_what, hex) => {
    expect(() => apicurioMessage(bytes(hex), 0)).toThrow(/^PROTOBUF_INVALID: the value does not/);
  });

  it('are none where a header of Apicurio names the message and version 2 wrote it', () => {
    const start = apicurioHeaderMessage(bytes('0a 01 61'), Buffer.from('Other'));
    expect(start).toEqual({ message: { name: 'Other' }, start: 0 });
  });

  it.each([
    { indexes: [9] },
    { indexes: [1, 9] },
    { name: 'Nobody' },
    { ordinal: 99 },
    { ordinal: 3 },
  ])('are errant when the schema has no such message: %j', async (message) => {
    const { schema } = frames.find(({ serializer }) => serializer === 'glue') ?? expect.fail();
    const { decode } = compileProtobuf({ text: schema, references: [] });
    expect(() => decode(Buffer.alloc(0), 0, message)).toThrow(
      'PROTOBUF_INVALID: the value names a message that its schema lacks',
    );
  });
});

it("Confluent's message indexes are read also where they resemble Apicurio's name", async () => {
  const others = ['A', 'B', 'C', 'D', 'E'].map((name) => `message ${name} {}`).join(' ');
  const text = `syntax = "proto3"; ${others} message F { message X {} message Y { string s = 1; } }`;
  const decode = await compileSchema({ type: 'PROTOBUF', text, references: [] });
  const frame = { registry: 'confluent', schemaId: '7', hints: {} } as const;
  // Two indexes, 5 and 1; as a name, four bytes with two of a text.
  const payload = Buffer.from('040a020a0161', 'hex');
  expect(decode({ ...frame, payload })).toEqual({ s: 'a' });
  const named = Buffer.from('030a01460a00', 'hex');
  expect(decode({ ...frame, payload: named })).toEqual({});
});

it('a name that two nested messages have is not taken for the first', () => {
  const text =
    'syntax = "proto3"; message A { message Address { string s = 1; } } message B { message Address { string c = 1; } }';
  const { decode } = compileProtobuf({ text, references: [] });
  expect(() => decode(Buffer.alloc(0), 0, { name: 'Address' })).toThrow(
    'PROTOBUF_INVALID: the value names its message without the outer one, and 2 messages of its schema have that name',
  );
  expect(decode(Buffer.from('0a0161', 'hex'), 0, { name: 'B.Address' })).toEqual({ c: 'a' });
});

it('a header may name a message of any length', () => {
  const name = 'M'.repeat(200);
  const ref = Buffer.from(
    `ca010ac801${Buffer.from(name).toString('hex')}`.replace('ca01', 'cb01'),
    'hex',
  );
  const { message, start } = apicurioHeaderMessage(ref, Buffer.from(name));
  expect([message, start]).toEqual([{ name }, ref.length]);
});
