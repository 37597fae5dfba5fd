import type { Config } from './config.ts';
import type { Columns } from './csv/columns.ts';
import type { Draft } from './csv/draft.ts';
import { draftsOf } from './csv/drafts.ts';
import { type KeyOf, keysIn, withKeys } from './csv/key.ts';
import { decode } from './decode/decode.ts';
import type { Errant } from './kafka/errant.ts';
import type { RecordOrigin } from './kafka/record.ts';
import type { KafkaBatch } from './kafka/records.ts';
import { checkObject } from './object/check-object.ts';
import type { ObjectDescription } from './object/description.ts';
import { fitRows } from './object/fit-rows.ts';
import { shape } from './shape/shape.ts';
import { sortTombstones } from './shape/tombstones.ts';

/** What the records of a flush became before anybody has asked Salesforce. */
export interface Rows {
  readonly drafts: readonly Draft[];
  readonly columns: Columns;
  readonly errants: readonly Errant[];
  /** Tombstones that were passed over on purpose. */
  readonly tombstones: number;
}

/** The rows that are sent. */
export interface UsableRows extends Rows {
  readonly keyOf: KeyOf;
  /** Columns that were left out because the object does not know them. */
  readonly dropped: readonly string[];
}

/** Decodes, shapes and writes the records that are not settled yet. */
export function rowsOf(
  { records, errants }: KafkaBatch,
  settled: ReadonlySet<RecordOrigin>,
  config: Config,
): Rows {
  const open = records.filter((record) => !settled.has(record));
  const { valued, ...bare } = sortTombstones(open, config);
  const decoded = decode(valued, config.valueFormat);
  const csv = draftsOf(shape([...decoded.rows, ...bare.rows], config), config);
  const broken = errants.filter(({ record }) => !settled.has(record));
  return {
    ...csv,
    errants: [...broken, ...bare.errants, ...decoded.errants, ...csv.errants],
    tombstones: bare.skipped.length,
  };
}

/**
 * Holds the rows against the object's description (null: nobody asked for it) and against what the
 * operation needs. Throws `OBJECT_INVALID` and `FIELDS_UNKNOWN`.
 */
export function usableRows(
  rows: Rows,
  object: ObjectDescription | null,
  config: Config,
): UsableRows {
  if (object !== null) checkObject(object, config);
  const fitted =
    object === null ? { ...rows, errants: [], dropped: [] } : fitRows(rows, object, config);
  const { columns, dropped } = fitted;
  const field = config.recordIdField === null ? config.keyField : null;
  const described = object?.fields.get(field?.toLowerCase() ?? '');
  const keyOf = keysIn(columns, { field, caseSensitive: described?.caseSensitive ?? false });
  const keyed = field === null ? { ...fitted, errants: [] } : withKeys(fitted.drafts, keyOf, field);
  const errants = [...rows.errants, ...fitted.errants, ...keyed.errants];
  return { drafts: keyed.drafts, columns, keyOf, errants, dropped, tombstones: rows.tombstones };
}
