import type { ValueFormat } from '../config/settings.ts';
import { type ErrantRecord, toErrantRecord } from '../kafka/errant-record.ts';
import type { KafkaRecord } from '../kafka/record.ts';
import type { Deadline } from '../runtime/deadline.ts';
import type { DecodedRecord, Fields, Tombstone } from './decoded-record.ts';
import { keyValue } from './key.ts';
import { schemaIdOf } from './registry/frame.ts';
import type { SchemaDecoders } from './registry/framed.ts';
import type { Schemas } from './registry/schemas.ts';
import { anyJson, auto, connectJson, framed, json, type ValueDecoder } from './value.ts';

/** What the records became: every record is in exactly one of the lists. */
export interface DecodedBatch {
  readonly records: readonly DecodedRecord[];
  readonly tombstones: readonly Tombstone[];
  readonly errants: readonly ErrantRecord[];
}

function decoderOf(format: ValueFormat, schemas: SchemaDecoders | null): ValueDecoder {
  if (format === 'json') return json;
  if (format === 'connect-json') return connectJson;
  if (format === 'avro') return framed(schemas ?? new Map());
  return schemas === null ? anyJson : auto(schemas);
}

/** A tombstone whose key is not read yet. */
type Gone = Omit<Tombstone, 'key'>;

interface DecodedValues {
  readonly decoded: readonly DecodedRecord[];
  readonly gone: readonly Gone[];
  readonly errants: readonly ErrantRecord[];
}

/**
 * Whether fields are a delete that was rewritten to one: Debezium's `ExtractNewRecordState` with
 * `delete.tombstone.handling.mode=rewrite` adds this field, as text.
 */
const isRewrittenDelete = ({ __deleted: deleted }: Fields): boolean =>
  deleted === 'true' || deleted === true;

function decodeAll(records: readonly KafkaRecord[], decoder: ValueDecoder): DecodedValues {
  const decoded: DecodedRecord[] = [];
  const gone: Gone[] = [];
  const errants: ErrantRecord[] = [];
  for (const record of records) {
    try {
      const fields = record.value === null ? null : decoder(record.value);
      if (fields === null || isRewrittenDelete(fields)) gone.push({ record, fields });
      else decoded.push({ record, fields });
    } catch (error) {
      errants.push(toErrantRecord(record, 'decode', error));
    }
  }
  return { decoded, gone, errants };
}

/** The ids of the schemas that keys or values were written with, each once. */
function schemaIds(written: Iterable<Buffer | null>): ReadonlySet<number> {
  const ids = new Set<number>();
  for (const bytes of written) {
    const id = bytes === null ? null : schemaIdOf(bytes);
    if (id !== null) ids.add(id);
  }
  return ids;
}

/** Decodes a batch; the deadline is that of its calls to the registry. */
export type Decode = (records: readonly KafkaRecord[], deadline: Deadline) => Promise<DecodedBatch>;

/**
 * Makes the decoder of a container. The schemas of a batch's values are fetched before its first
 * value is decoded, and with `readsKeys` those of its tombstones' keys before their first key is;
 * without `schemas` there is no registry. Each record is decoded by itself: bytes end here, and no
 * value, however odd, makes it throw. It throws only what the registry throws.
 */
export function createDecode(
  format: ValueFormat,
  schemas: Schemas | null,
  readsKeys = false,
): Decode {
  const usesSchemas = format === 'auto' || format === 'avro';
  return async (records, deadline) => {
    const fetched = (written: readonly (Buffer | null)[]) =>
      schemas === null ? null : schemas.decoders(schemaIds(written), deadline);
    const ofValues = usesSchemas ? await fetched(records.map(({ value }) => value)) : null;
    const { decoded, gone, errants } = decodeAll(records, decoderOf(format, ofValues));
    const ofKeys = readsKeys ? await fetched(gone.map(({ record }) => record.key)) : null;
    const tombstones = gone.map((one): Tombstone => {
      return { ...one, key: () => keyValue(one.record.key, ofKeys) };
    });
    return { records: decoded, tombstones, errants };
  };
}
