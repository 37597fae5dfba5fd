import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import type { ValueFormat } from '../../src/config/settings.ts';
import { type CsvDocument, documentOf } from '../../src/csv/document.ts';
import { createDecode } from '../../src/decode/decode.ts';
import type { DecodedRecord } from '../../src/decode/decoded-record.ts';
import { fieldsOf } from '../../src/decode/fields.ts';
import { compileProtobuf } from '../../src/decode/protobuf/compile.ts';
import type { RegisteredSchema, Registry } from '../../src/decode/registry/registry.ts';
import { SchemaCache } from '../../src/decode/schema/schema-cache.ts';
import type { ErrantRecord } from '../../src/kafka/errant-record.ts';
import type { KafkaRecord } from '../../src/kafka/record.ts';
import { RecordError } from '../../src/record-error.ts';
import { buildRows } from '../../src/rows/build-rows.ts';
import { acceptAllFields, type FieldRules } from '../../src/rows/field-rules.ts';
import type { Row } from '../../src/rows/row.ts';
import { Deadline, systemClock } from '../../src/runtime/deadline.ts';

/** A deadline that never comes. */
export const noDeadline = new Deadline(systemClock, Number.POSITIVE_INFINITY);

/** Records of one partition with these values. */
export const recordsOf = (values: readonly (string | Buffer | null)[]): KafkaRecord[] =>
  values.map((value, offset) => ({
    topic: 'contacts',
    partition: 0,
    offset,
    timestamp: 0,
    key: null,
    value: value === null ? null : Buffer.from(value),
    headers: [],
  }));

/** A value in Confluent's wire format. */
export const framed = (id: number, bytes: Buffer | string): Buffer => {
  const frame = Buffer.alloc(5);
  frame.writeInt32BE(id, 1);
  return Buffer.concat([frame, Buffer.from(bytes)]);
};

/** Schemas by id, as Confluent's registry has them, without a registry to ask; null: there is none. */
export function knownSchemas(
  schemas: Readonly<Record<number, Partial<RegisteredSchema>>> | null,
): SchemaCache {
  const confluent: Registry = {
    schema: async (id) => {
      const schema = schemas?.[Number(id)];
      return schema === undefined ? null : { type: 'AVRO', text: '', references: [], ...schema };
    },
    reference: async () => null,
  };
  return new SchemaCache(schemas === null ? {} : { confluent }, systemClock);
}

/** The one CSV of these records, and those of them that have no place in it. */
export function csvOf(
  records: readonly DecodedRecord[],
  rules?: FieldRules,
): {
  readonly document: CsvDocument<Row> | null;
  readonly errants: readonly ErrantRecord[];
} {
  const settings = {
    nullValues: 'empty',
    recordIdField: null,
    unknownFields: 'send',
    unavailableValue: '__debezium_unavailable_value',
  } as const;
  const { rows, columns, errants } = buildRows(records, settings, rules);
  return { document: rows.length === 0 ? null : documentOf(rows, columns), errants };
}

/** What became of a value: its row's cells by their columns, why it has no row, or that it is none. */
export type Outcome =
  | { readonly cells: Readonly<Record<string, string>> }
  | { readonly code: string; readonly reason: string }
  | { readonly tombstone: true };

/** How values are read and written; left out: as they look, into fields without a description. */
interface Given {
  readonly format?: ValueFormat;
  readonly schemas?: SchemaCache | null;
  readonly rules?: FieldRules;
}

/** Takes values through decoding and CSV, each in a flush of its own, as Salesforce would read it. */
export async function outcomesOf(
  values: readonly (string | Buffer | null)[],
  { format = 'auto', schemas = null, rules = acceptAllFields }: Given = {},
): Promise<Outcome[]> {
  const decode = createDecode(format, schemas ?? knownSchemas(null));
  const outcome = async (record: KafkaRecord): Promise<Outcome> => {
    const decoded = await decode([record], noDeadline);
    if (decoded.tombstones.length > 0) return { tombstone: true };
    const [errant] = decoded.errants;
    if (errant !== undefined) return { code: errant.code, reason: errant.reason };
    return outcomeOfRecords(decoded.records, rules);
  };
  return Promise.all(recordsOf(values).map(outcome));
}

function outcomeOfRecords(records: readonly DecodedRecord[], rules?: FieldRules): Outcome {
  const { document, errants } = csvOf(records, rules);
  const [errant] = errants;
  if (errant !== undefined) return { code: errant.code, reason: errant.reason };
  const [cells] = parse(document?.text ?? '', { columns: true }) as Record<string, string>[];
  return { cells: cells ?? {} };
}

/** Takes a Protobuf message, the first of its schema, through decoding and CSV. */
export async function outcomeOfProtobuf(text: string, value: Buffer): Promise<Outcome> {
  const { decode } = compileProtobuf({ text, references: [] });
  try {
    const fields = fieldsOf(decode(value, 0, { indexes: [0] }), 'the value');
    return outcomeOfRecords(recordsOf([value]).map((record) => ({ record, fields })));
  } catch (error) {
    if (error instanceof RecordError) return { code: error.code, reason: error.reason };
    throw error;
  }
}

/** The lines of a fixture of tab-separated values. */
export const fixtureLines = (path: string): string[][] =>
  readFileSync(new URL(`../decode/fixtures/${path}`, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'));
