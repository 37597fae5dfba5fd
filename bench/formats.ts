import avsc from 'avsc';
import { SchemaCache } from '../src/decode/schema/schema-cache.ts';
import { systemClock } from '../src/runtime/deadline.ts';
import { type Contact, contact } from './records.ts';

/** How a contact is written, and the least that it takes to read one. */
export interface Format {
  readonly write: (contact: Contact) => Buffer;
  readonly read: (bytes: Buffer) => object;
}

const connectTypes = { string: 'string', number: 'double', boolean: 'boolean' } as const;
type Plain = keyof typeof connectTypes;

const fieldsOf = (sample: Contact) =>
  Object.entries(sample).map(([name, value]) => ({ name, type: typeof value as Plain }));

const connectSchema = {
  type: 'struct',
  optional: false,
  fields: fieldsOf(contact(1)).map(({ name, type }) => ({
    type: connectTypes[type],
    optional: true,
    field: name,
  })),
};

const avroSchema = {
  type: 'record' as const,
  name: 'Contact',
  fields: fieldsOf(contact(1)).map(({ name, type }) => ({
    name,
    type: ['null', connectTypes[type]],
  })),
};

const avroType = avsc.Type.forSchema(avroSchema as avsc.Schema);

const parse = (bytes: Buffer): object => JSON.parse(bytes.toString()) as object;

const framed = (id: number, bytes: Buffer): Buffer =>
  Buffer.concat([Buffer.from([0, 0, 0, 0, id]), bytes]);

/** The members of a change event besides its row, as Debezium's PostgreSQL connector writes them. */
const changeEvent = {
  before: null,
  source: {
    version: '3.6.1.Final',
    connector: 'postgresql',
    name: 'db',
    ts_ms: 1_795_788_467_083,
    snapshot: 'false',
    db: 'crm',
    sequence: '["23250976","23250977"]',
    ts_us: 1_795_788_467_083_719,
    ts_ns: 1_795_788_467_083_719_000n,
    schema: 'public',
    table: 'contact',
    txId: 757,
    lsn: 26_800_000,
    xmin: null,
    origin: null,
    origin_lsn: null,
  },
  transaction: null,
  op: 'c',
  ts_ms: 1_795_788_467_564,
  ts_us: 1_795_788_467_564_459,
  ts_ns: 1_795_788_467_564_459_190n,
};

/** The library types lack it. */
const { rawJSON } = JSON as unknown as { rawJSON(text: string): unknown };

/** JSON with integers that a double would round. */
const withLongNumbers = (value: object): string =>
  JSON.stringify(value, (_name, member: unknown) =>
    typeof member === 'bigint' ? rawJSON(String(member)) : member,
  );

/** The formats of the benchmark, each with the same contacts in it. */
export const formats = {
  JSON: { write: (given) => Buffer.from(JSON.stringify(given)), read: parse },
  "Debezium's change events in JSON": {
    write: (after) => Buffer.from(withLongNumbers({ ...changeEvent, after })),
    read: (bytes) => (parse(bytes) as { after: object }).after,
  },
  'Connect JSON with schemas': {
    write: (payload) => Buffer.from(JSON.stringify({ schema: connectSchema, payload })),
    read: (bytes) => (parse(bytes) as { payload: object }).payload,
  },
  Avro: {
    write: (given) => framed(1, avroType.toBuffer(given)),
    read: (bytes) => avroType.decode(bytes, 5).value as object,
  },
  'JSON Schema': {
    write: (given) => framed(2, Buffer.from(JSON.stringify(given))),
    read: (bytes) => parse(bytes.subarray(5)),
  },
} as const satisfies Record<string, Format>;

/** The name of a format of the benchmark. */
export type FormatName = keyof typeof formats;

/** A registry that answers from memory, so that no network is measured. */
export const schemas = new SchemaCache(
  {
    confluent: {
      schema: async (id) => ({
        type: id === '1' ? 'AVRO' : 'JSON',
        text: JSON.stringify(avroSchema),
        references: [],
      }),
      reference: async () => null,
    },
  },
  systemClock,
);
