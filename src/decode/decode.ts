import type { Config } from '../config/config.ts';
import type { ValueFormat } from '../config/settings.ts';
import { type ErrantRecord, toErrantRecord } from '../kafka/errant-record.ts';
import type { KafkaRecord, RecordOrigin } from '../kafka/record.ts';
import type { Deadline } from '../runtime/deadline.ts';
import { type Change, changeOf, type Deletion } from './change-event.ts';
import type { DecodedRecord, Fields, Tombstone } from './decoded-record.ts';
import { withKnownFields } from './deleted-row.ts';
import type { RecordPart } from './frame/frame.ts';
import { frameOf } from './frame/frame-of.ts';
import { Inflation } from './frame/inflate.ts';
import { schemaNamesIn } from './frame/schema-names.ts';
import { keyValue } from './key.ts';
import type { SchemaCache } from './schema/schema-cache.ts';
import { type EncodedValue, type ValueDecoder, valueDecoder } from './value.ts';

/** The decoded records of a batch. Each is in exactly one of the lists. */
export interface DecodedBatch {
  readonly records: readonly DecodedRecord[];
  readonly tombstones: readonly Tombstone[];
  /** Records that `TRANSFORM` left out. */
  readonly filtered: readonly RecordOrigin[];
  readonly errants: readonly ErrantRecord[];
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
type ChangeDecoder = (value: EncodedValue) => Change | null;

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

/** A record with a row. Few have more than that, and most topics have many. */
function rowRecord(
  record: KafkaRecord,
  { fields, isUpdate }: Extract<Change, { kind: 'row' }>,
  event: Fields | undefined,
): DecodedRecord {
  if (event !== undefined) return { record, fields, isUpdate, event };
  return isUpdate ? { record, fields, isUpdate } : { record, fields };
}

/** What a tombstone says of its row. */
const deletionOf = (change: Deletion | null): Omit<PendingTombstone, 'record' | 'event'> =>
  change === null
    ? noValue
    : { fields: change.fields, cause: change.cause, isWhole: change.isWhole ?? false };

function decodeValues(
  records: readonly KafkaRecord[],
  { decoder, keepsEvents }: { readonly decoder: ChangeDecoder; readonly keepsEvents: boolean },
): DecodedValues {
  const decoded: DecodedRecord[] = [];
  const pending: PendingTombstone[] = [];
  const errants: ErrantRecord[] = [];
  for (const record of records) {
    const { value: bytes } = record;
    try {
      const change =
        bytes === null ? null : decoder({ bytes, frame: frameOf(bytes, record.headers, 'value') });
      const event = keepsEvents ? change?.event : undefined;
      if (change?.kind === 'row') decoded.push(rowRecord(record, change, event));
      else pending.push({ record, ...deletionOf(change), ...(event && { event }) });
    } catch (error) {
      errants.push(toErrantRecord(record, 'decode', error));
    }
  }
  return { decoded, pending, errants };
}

/** Decodes a batch; the deadline bounds its calls to registries. */
export type Decode = (records: readonly KafkaRecord[], deadline: Deadline) => Promise<DecodedBatch>;

/** Which parts of records are decoded. */
export interface DecodeSettings {
  /** The records whose keys are needed. */
  readonly readsKeys: 'none' | 'tombstones' | 'all';
  readonly changeEvents: Config['changeEvents'];
}

const usesSchemas = (format: ValueFormat): boolean =>
  format !== 'json' && format !== 'connect-json';

/**
 * Creates the decoder of a sink. It first fetches the schemas of a batch's values, and those of the
 * keys that `readsKeys` names. A value that cannot be decoded makes only its own record errant. Throws
 * the registries' errors, and those of `Inflation`.
 */
export function createDecode(
  format: ValueFormat,
  schemas: SchemaCache,
  { readsKeys, changeEvents }: DecodeSettings = { readsKeys: 'none', changeEvents: 'auto' },
): Decode {
  return async (records, deadline) => {
    const inflation = new Inflation();
    /** What the frames of a part of records are decoded with. */
    const contextOf = async (those: readonly KafkaRecord[], part: RecordPart) => {
      const decoders = await schemas.decoders(schemaNamesIn(those, part), deadline);
      return { schemas: decoders, inflation, part };
    };
    const values = await contextOf(usesSchemas(format) ? records : [], 'value');
    const decoder = changeDecoder(valueDecoder(format, values), changeEvents);
    const keepsEvents = readsKeys === 'all';
    const { decoded, pending, errants } = decodeValues(records, { decoder, keepsEvents });
    const keyed = { none: [], tombstones: pending, all: [...pending, ...decoded] }[readsKeys];
    const keyRecords = keyed.map(({ record }) => record);
    const keys = await contextOf(keyRecords, 'key');
    const withKey = <T extends { readonly record: KafkaRecord }>(one: T) => ({
      ...one,
      key: () => keyValue(one.record, keys),
    });
    const withKeys = pending.map(withKey);
    const tombstones = readsKeys === 'none' ? withKeys : withKeys.map(withKnownFields);
    const rows = readsKeys === 'all' ? decoded.map(withKey) : decoded;
    return { records: rows, tombstones, filtered: [], errants };
  };
}
