import type { Config } from '../config/config.ts';
import type { ValueFormat } from '../config/settings.ts';
import { type ErrantRecord, toErrantRecord } from '../kafka/errant-record.ts';
import type { KafkaRecord, RecordOrigin } from '../kafka/record.ts';
import type { Deadline } from '../runtime/deadline.ts';
import { type Change, changeOf } from './change-event.ts';
import type { DecodedRecord, Fields, Tombstone } from './decoded-record.ts';
import { withKnownFields } from './deleted-row.ts';
import { keyValue } from './key.ts';
import { schemaIdOf } from './registry/frame.ts';
import type { SchemaDecoders } from './registry/read-framed.ts';
import type { SchemaCache } from './registry/schema-cache.ts';
import { anyJson, auto, connectJson, json, type ValueDecoder, wireFormat } from './value.ts';

/** The decoded records of a batch. Each is in exactly one of the lists. */
export interface DecodedBatch {
  readonly records: readonly DecodedRecord[];
  readonly tombstones: readonly Tombstone[];
  /** Records that `TRANSFORM` left out. */
  readonly filtered: readonly RecordOrigin[];
  readonly errants: readonly ErrantRecord[];
}

function valueDecoder(format: ValueFormat, schemas: SchemaDecoders | null): ValueDecoder {
  if (format === 'json') return json;
  if (format === 'connect-json') return connectJson;
  if (format === 'avro') return wireFormat(schemas ?? new Map());
  return schemas === null ? anyJson : auto(schemas);
}

/** A tombstone before its key's schema is fetched. */
type PendingTombstone = Omit<Tombstone, 'key'>;

interface DecodedValues {
  readonly decoded: readonly DecodedRecord[];
  readonly pending: readonly PendingTombstone[];
  readonly errants: readonly ErrantRecord[];
}

/**
 * Tells whether fields are a rewritten delete: Debezium's `ExtractNewRecordState` with
 * `delete.tombstone.handling.mode=rewrite` adds `__deleted`, as text.
 */
const isRewrittenDelete = ({ __deleted: deleted }: Fields): boolean =>
  deleted === 'true' || deleted === true;

const rewritten = 'the record is a delete ("__deleted" is true)';
const noValue = { fields: null, cause: 'the record has no value' } as const;

/** Decodes a value. Null: it has none. */
type ChangeDecoder = (value: Buffer) => Change | null;

/** Reads change events too, unless `CHANGE_EVENTS` is off. */
function changeDecoder(
  decoder: ValueDecoder,
  changeEvents: DecodeSettings['changeEvents'],
): ChangeDecoder {
  return (value) => {
    const fields = decoder(value);
    if (fields === null) return null;
    if (isRewrittenDelete(fields)) return { kind: 'delete', fields, cause: rewritten };
    return changeEvents === 'auto' ? changeOf(fields) : { kind: 'row', fields, isUpdate: false };
  };
}

function decodeValues(records: readonly KafkaRecord[], decoder: ChangeDecoder): DecodedValues {
  const decoded: DecodedRecord[] = [];
  const pending: PendingTombstone[] = [];
  const errants: ErrantRecord[] = [];
  for (const record of records) {
    try {
      const change = record.value === null ? null : decoder(record.value);
      if (change?.kind === 'row') {
        const { fields, isUpdate } = change;
        decoded.push({ record, fields, ...(isUpdate && { isUpdate }) });
      } else {
        const { fields, cause } = change ?? noValue;
        pending.push({ record, fields, cause });
      }
    } catch (error) {
      errants.push(toErrantRecord(record, 'decode', error));
    }
  }
  return { decoded, pending, errants };
}

/** The distinct ids of the schemas that keys or values were written with. */
function schemaIds(payloads: Iterable<Buffer | null>): ReadonlySet<number> {
  const ids = new Set<number>();
  for (const bytes of payloads) {
    const id = bytes === null ? null : schemaIdOf(bytes);
    if (id !== null) ids.add(id);
  }
  return ids;
}

/** Decodes a batch; the deadline bounds its calls to the registry. */
export type Decode = (records: readonly KafkaRecord[], deadline: Deadline) => Promise<DecodedBatch>;

/** Which parts of records are decoded. */
export interface DecodeSettings {
  /** The records whose keys are needed. */
  readonly readsKeys: 'none' | 'tombstones' | 'all';
  readonly changeEvents: Config['changeEvents'];
}

/**
 * Creates the decoder of a sink. It first fetches the schemas of a batch's values, and those of the
 * keys that `readsKeys` names; `schemas` is null without a registry. A value that
 * cannot be decoded makes only its own record errant. Throws the registry's errors.
 */
export function createDecode(
  format: ValueFormat,
  schemas: SchemaCache | null,
  { readsKeys, changeEvents }: DecodeSettings = { readsKeys: 'none', changeEvents: 'auto' },
): Decode {
  const usesSchemas = format === 'auto' || format === 'avro';
  return async (records, deadline) => {
    const fetchDecoders = (payloads: readonly (Buffer | null)[]) =>
      schemas === null ? null : schemas.decoders(schemaIds(payloads), deadline);
    const valueSchemas = usesSchemas
      ? await fetchDecoders(records.map(({ value }) => value))
      : null;
    const { decoded, pending, errants } = decodeValues(
      records,
      changeDecoder(valueDecoder(format, valueSchemas), changeEvents),
    );
    const keyed = { none: [], tombstones: pending, all: [...pending, ...decoded] }[readsKeys];
    const keySchemas =
      keyed.length === 0 ? null : await fetchDecoders(keyed.map(({ record }) => record.key));
    const withKey = <T extends { readonly record: KafkaRecord }>(one: T) => {
      return { ...one, key: () => keyValue(one.record.key, keySchemas) };
    };
    const tombstones = pending
      .map(withKey)
      .map(readsKeys === 'none' ? (one) => one : withKnownFields);
    const rows = readsKeys === 'all' ? decoded.map(withKey) : decoded;
    return { records: rows, tombstones, filtered: [], errants };
  };
}
