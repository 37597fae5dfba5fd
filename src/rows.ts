import type { Config } from './config.ts';
import type { Columns } from './csv/columns.ts';
import type { Draft } from './csv/draft.ts';
import { draftsOf } from './csv/drafts.ts';
import { type KeyOf, keysIn, withKeys } from './csv/key.ts';
import type { Deadline } from './deadline.ts';
import type { Decode } from './decode/decode.ts';
import type { Errant } from './kafka/errant.ts';
import type { RecordOrigin } from './kafka/record.ts';
import type { KafkaBatch } from './kafka/records.ts';
import { type Described, fitRows } from './object/fit-rows.ts';
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

/** What turns records into rows. */
interface Decoding {
  readonly config: Config;
  readonly decode: Decode;
  /** For what decoding asks of a registry. */
  readonly deadline: Deadline;
}

/** Decodes, shapes and writes the records that are not settled yet. Throws as `Decode` does. */
export async function rowsOf(
  { records, errants }: KafkaBatch,
  settled: ReadonlySet<RecordOrigin>,
  { config, decode, deadline }: Decoding,
): Promise<Rows> {
  const open = records.filter((record) => !settled.has(record));
  const { valued, ...bare } = sortTombstones(open, config);
  const decoded = await decode(valued, deadline);
  const shaped = shape([...decoded.rows, ...bare.rows], config);
  const csv = draftsOf(shaped.rows, config);
  const broken = errants.filter(({ record }) => !settled.has(record));
  return {
    ...csv,
    errants: [broken, bare.errants, decoded.errants, shaped.errants, csv.errants].flat(),
    tombstones: bare.skipped.length,
  };
}

/**
 * Holds the rows against the object's description (null: nobody asked for it) and against what the
 * operation needs. Throws `FIELDS_UNKNOWN`.
 */
export function usableRows(rows: Rows, described: Described | null, config: Config): UsableRows {
  const fitted =
    described === null ? { ...rows, errants: [], dropped: [] } : fitRows(rows, described, config);
  const { columns, dropped } = fitted;
  const field = config.recordIdField === null ? config.keyField : null;
  const key = described?.object.fields.get(field?.toLowerCase() ?? '');
  const keyOf = keysIn(columns, { field, caseSensitive: key?.caseSensitive ?? null });
  const keyed = field === null ? { ...fitted, errants: [] } : withKeys(fitted.drafts, keyOf, field);
  const errants = [...rows.errants, ...fitted.errants, ...keyed.errants];
  return { drafts: keyed.drafts, columns, keyOf, errants, dropped, tombstones: rows.tombstones };
}
