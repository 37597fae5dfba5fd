import type { Config } from '../config/config.ts';
import type { Columns } from '../csv/columns.ts';
import { usedColumns } from '../csv/columns.ts';
import { isFieldName } from '../csv/field-name.ts';
import { RecordError, SinkError } from '../errors.ts';
import { type ErrantRecord, toErrantRecord } from '../kafka/errant-record.ts';
import { type Row, withoutColumns } from '../rows/row.ts';
import {
  type Checked,
  type ColumnCheck,
  checkColumn,
  type Parents,
  parentOf,
} from './check-column.ts';
import type { ObjectDescription } from './description.ts';

/** The rows of a flush and what their columns are called. */
export interface RowBatch {
  readonly rows: readonly Row[];
  readonly columns: Columns;
}

/** The rows that the object can take; the others are errant. */
export interface FittedBatch extends RowBatch {
  readonly errants: readonly ErrantRecord[];
  /** Names of columns that were left out of the rows, with `UNKNOWN_FIELDS=drop`. */
  readonly dropped: readonly string[];
}

type Refusal = Extract<ColumnCheck, { code: unknown }>;

/** Checks every used column, gives it Salesforce's spelling, and says which are refused. */
function refusals({ rows, columns }: RowBatch, checked: Checked): Map<number, Refusal> {
  const refused = new Map<number, Refusal>();
  usedColumns(rows).forEach((_used, column) => {
    const check = checkColumn(columns.name(column), checked);
    if ('name' in check) columns.rename(column, check.name);
    else refused.set(column, check);
  });
  return refused;
}

/** Whether the description refuses one of these columns, so that records are errant or lose it. */
export const isRefused = (names: readonly string[], checked: Checked): boolean =>
  names.some((name) => {
    const isRelationship = checked.object.relationships.has(name.toLowerCase());
    return isFieldName(name) && !isRelationship && !('name' in checkColumn(name, checked));
  });

function failFlush({ columns }: RowBatch, refused: ReadonlyMap<number, Refusal>): never {
  const reasons = [...refused].map(([column, { reason }]) => reason || columns.name(column));
  throw new SinkError(
    'FIELDS_UNKNOWN',
    `${reasons.slice(0, 5).join('; ')}${reasons.length > 5 ? `; and ${reasons.length - 5} more` : ''}. No job was made. Mend the object or the records, leave fields out with FIELD_MAP, or set UNKNOWN_FIELDS.`,
  );
}

/** Why a row cannot be sent; null when it can. */
function flawOf(row: Row, refused: ReadonlyMap<number, Refusal>): RecordError | null {
  if (row.cells.length === 0) {
    return new RecordError('VALUE_WITHOUT_FIELDS', 'nothing is left of its fields');
  }
  const column = row.columns.find((one) => refused.has(one));
  const refusal = column === undefined ? undefined : refused.get(column);
  return refusal === undefined ? null : new RecordError(refusal.code, refusal.reason);
}

/** The objects that the lookups among these columns refer to: they say which fields find a parent. */
export function parentsNamed(names: readonly string[], object: ObjectDescription): string[] {
  const paths = names.filter((name) => name.includes('.'));
  return [...new Set(paths.flatMap((name) => parentOf(name, object) ?? []))];
}

/** What rows are fitted to. */
export interface Described {
  readonly object: ObjectDescription;
  readonly parents: Parents;
}

/**
 * Holds the columns of a flush against the object's description, so that one field that it does
 * not know no longer fails a whole job. What becomes of it is for `UNKNOWN_FIELDS` to say. Throws
 * `FIELDS_UNKNOWN` with `fail`.
 */
export function fitRows(
  given: RowBatch,
  { object, parents }: Described,
  { unknownFields, ...sink }: Omit<Checked, 'object' | 'parents'> & Pick<Config, 'unknownFields'>,
): FittedBatch {
  const { columns } = given;
  const refused = refusals(given, { ...sink, object, parents });
  if (refused.size > 0 && unknownFields === 'fail') failFlush(given, refused);
  const dropped = unknownFields === 'drop' ? [...refused.keys()] : [];
  for (const column of dropped) refused.delete(column);

  const left = new Set(dropped);
  const errants: ErrantRecord[] = [];
  const rows = given.rows.flatMap((row) => {
    const rest = left.size === 0 ? row : withoutColumns(row, left);
    const flaw = flawOf(rest, refused);
    if (flaw === null) return [rest];
    errants.push(...rest.records.map((record) => toErrantRecord(record, 'object', flaw)));
    return [];
  });
  return { rows, columns, errants, dropped: dropped.map((column) => columns.name(column)) };
}
