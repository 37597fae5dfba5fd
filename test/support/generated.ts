import avsc from 'avsc';
import { framed } from './values.ts';

/** A value in one of the formats, made up by chance; most can be rows, some never can. */
export type Generate = (chance: () => number) => string | Buffer;

/** Chance that is the same in every run: the minimal standard generator, from 0 up to 1. */
export function sameChance(seed = 1): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

const oneOf = <T>(chance: () => number, list: readonly T[]): T =>
  list[Math.floor(chance() * list.length)] as T;

const textPieces = ['a', 'Zoë', ',', '"', '\r\n', ';', '😀', '#N/A', '\ud800', ' ', '007', '\0'];

const text = (chance: () => number): string =>
  Array.from({ length: Math.floor(chance() * 6) }, () => oneOf(chance, textPieces)).join('');

const integer = (chance: () => number): number =>
  Math.round((chance() - 0.5) * 10 ** Math.floor(chance() * 19));

const names = ['LastName', 'Email', 'email', 'Score__c', 'Account', 'a b', '__proto__', 'X1', ''];

function jsonValue(chance: () => number, depth = 0): unknown {
  const kind = Math.floor(chance() * (depth < 3 ? 9 : 6));
  if (kind === 0) return null;
  if (kind === 1) return chance() < 0.5;
  if (kind === 2) return integer(chance);
  if (kind === 3) return (chance() - 0.5) * 10 ** integer(() => chance() / 4);
  if (kind < 6) return text(chance);
  const values = Array.from({ length: Math.floor(chance() * 4) }, () =>
    jsonValue(chance, depth + 1),
  );
  if (kind < 8) return values;
  return Object.fromEntries(values.map((value) => [oneOf(chance, names), value]));
}

const jsonObject = (chance: () => number): Record<string, unknown> => ({
  LastName: text(chance),
  ...(chance() < 0.9 ? { [oneOf(chance, names.slice(0, 5))]: jsonValue(chance) } : {}),
});

/** Types of Connect with a value that fits, by the name of the schema where that says more. */
const connectTypes: readonly [schema: object, value: (chance: () => number) => unknown][] = [
  [{ type: 'int64' }, integer],
  [{ type: 'double' }, (chance) => oneOf(chance, [0.1, 1e300, 'NaN', -5e-324])],
  [{ type: 'string' }, text],
  [{ type: 'boolean' }, (chance) => chance() < 0.5],
  [{ type: 'int32', name: 'org.apache.kafka.connect.data.Date' }, integer],
  [{ type: 'int32', name: 'org.apache.kafka.connect.data.Time' }, integer],
  [{ type: 'int64', name: 'org.apache.kafka.connect.data.Timestamp' }, integer],
  [{ type: 'int64', name: 'io.debezium.time.NanoTimestamp' }, integer],
  [{ type: 'string', name: 'io.debezium.time.ZonedTimestamp' }, () => '2026-02-28T13:45:00Z'],
  [
    { type: 'bytes', name: 'org.apache.kafka.connect.data.Decimal', parameters: { scale: '3' } },
    (chance) => Buffer.from(text(chance)).toString('base64'),
  ],
  [{ type: 'array', items: { type: 'string' } }, (chance) => [text(chance), text(chance)]],
  [{ type: 'map', values: { type: 'int32' } }, (chance) => ({ Ext__c: integer(chance) })],
  [
    { type: 'struct', fields: [{ field: 'Ext__c', type: 'string' }] },
    (chance) => ({ Ext__c: text(chance) }),
  ],
];

const envelope: Generate = (chance) => {
  const fields = Array.from({ length: 1 + Math.floor(chance() * 3) }, (_, n) => {
    const [schema, value] = oneOf(chance, connectTypes);
    const wrong = chance() < 0.02;
    return { schema: { ...schema, field: `F${n}` }, value: (wrong ? jsonValue : value)(chance) };
  });
  return JSON.stringify({
    schema: { type: 'struct', fields: fields.map(({ schema }) => schema) },
    payload: Object.fromEntries(fields.map(({ value }, n) => [`F${n}`, value])),
  });
};

/** A schema with every type of Avro in it, most of them beside null. */
export const everyType = JSON.stringify({
  type: 'record',
  name: 'com.example.Everything',
  fields: [
    ['A', 'int'],
    ['B', 'long'],
    ['C', 'float'],
    ['D', 'double'],
    ['E', 'string'],
    ['F', 'bytes'],
    ['G', 'boolean'],
    ['H', { type: 'enum', name: 'Level', symbols: ['Gold', 'Silver'] }],
    ['I', { type: 'fixed', name: 'Two', size: 2 }],
    ['J', { type: 'array', items: 'string' }],
    ['K', { type: 'map', values: 'double' }],
    ['L', { type: 'record', name: 'Account', fields: [{ name: 'Ext__c', type: 'string' }] }],
    ['M', { type: 'int', logicalType: 'date' }],
    ['N', { type: 'int', logicalType: 'time-millis' }],
    ['O', { type: 'long', logicalType: 'timestamp-micros' }],
    ['P', { type: 'bytes', logicalType: 'decimal', precision: 20, scale: 4 }],
    ['Q', 'Account'],
  ].map(([name, type]) => ({ name, type: ['null', type] })),
});

const avroType = avsc.Type.forSchema(JSON.parse(everyType), { wrapUnions: true });

/** What avsc makes up for the schema, with a byte changed now and then. */
const avro = (id: number): Generate => {
  const whole = Array.from({ length: 2_000 }, () => avroType.toBuffer(avroType.random()));
  return (chance) => {
    const bytes = Buffer.from(oneOf(chance, whole));
    if (chance() < 0.1) bytes[Math.floor(chance() * bytes.length)] = Math.floor(chance() * 256);
    return framed(id, bytes);
  };
};

/** Values of every format; of the framed ones with the ids of their schemas. */
export const generators = (ids: { avro: number; json: number }): Record<string, Generate> => ({
  'schemaless JSON': (chance) => JSON.stringify(jsonObject(chance)),
  'Connect JSON with schemas': envelope,
  Avro: avro(ids.avro),
  'JSON Schema': (chance) => framed(ids.json, JSON.stringify(jsonObject(chance))),
  'bytes without a meaning': (chance) =>
    Buffer.from(Array.from({ length: chance() * 30 }, () => chance() * 256)),
});
