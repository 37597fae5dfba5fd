import type { Config } from '../config/config.ts';
import { type Columns, usedColumns } from '../csv/columns.ts';
import { isFieldName } from '../csv/field-name.ts';
import { SinkError } from '../errors.ts';
import { type ErrantRecord, toErrantRecord } from '../kafka/errant-record.ts';
import { RecordError } from '../record-error.ts';
import { type Row, withoutColumns } from '../rows/row.ts';
import {
  type ColumnCheck,
  type ColumnContext,
  checkColumn,
  type Parents,
  parentObject,
} from './check-column.ts';
import type { ObjectDescription } from './description.ts';

/** The rows of a flush and their columns. */
export interface RowBatch {
  readonly rows: readonly Row[];
  readonly columns: Columns;
}

/** The rows that fit the object; the records of the others are errant. */
export interface CheckedRows extends RowBatch {
  readonly errants: readonly ErrantRecord[];
  /** Names of columns that were omitted with `UNKNOWN_FIELDS=drop`. */
  readonly dropped: readonly string[];
}

type Refusal = Extract<ColumnCheck, { code: unknown }>;

/** Checks every used column, sets Salesforce's spelling, and returns the refused ones. */
function refusedColumns({ rows, columns }: RowBatch, context: ColumnContext): Map<number, Refusal> {
  const refused = new Map<number, Refusal>();
  usedColumns(rows).forEach((_used, column) => {
    const check = checkColumn(columns.name(column), context);
    if ('name' in check) columns.rename(column, check.name);
    else refused.set(column, check);
  });
  return refused;
}

/** Tells whether the description refuses one of these columns. */
export const hasRefusedColumn = (names: readonly string[], context: ColumnContext): boolean =>
  names.some((name) => {
    const isRelationship = context.object.relationships.has(name.toLowerCase());
    return isFieldName(name) && !isRelationship && !('name' in checkColumn(name, context));
  });

function failFlush({ columns }: RowBatch, refused: ReadonlyMap<number, Refusal>): never {
  const reasons = [...refused].map(([column, { reason }]) => reason || columns.name(column));
  throw new SinkError(
    'FIELDS_UNKNOWN',
    `${reasons.slice(0, 5).join('; ')}${reasons.length > 5 ? `; and ${reasons.length - 5} more` : ''}. No job was created. Correct the object or the records, omit fields with FIELD_MAP, or change UNKNOWN_FIELDS.`,
  );
}

/** Returns why a row cannot be sent; null when it can. */
function refusalOf(row: Row, refused: ReadonlyMap<number, Refusal>): RecordError | null {
  if (row.cells.length === 0) {
    return new RecordError(
      'VALUE_WITHOUT_FIELDS',
      'the object takes none of the fields of the record',
    );
  }
  if (refused.size === 0) return null;
  const column = row.columns.find((index) => refused.has(index));
  const refusal = column === undefined ? undefined : refused.get(column);
  return refusal === undefined ? null : new RecordError(refusal.code, refusal.reason);
}

/**
 * Returns the objects that the relationship columns refer to, whose external id fields are checked.
 */
export function parentObjects(names: readonly string[], object: ObjectDescription): string[] {
  const paths = names.filter((name) => name.includes('.'));
  return [...new Set(paths.flatMap((name) => parentObject(name, object) ?? []))];
}

/** The description of an object and of those that its lookups refer to. */
export interface DescribedObject {
  readonly object: ObjectDescription;
  readonly parents: Parents;
}

/**
 * Checks the columns of a flush against the object's description, so that an unknown field does not
 * fail the whole job. `UNKNOWN_FIELDS` decides whether its records are errant or the field is
 * dropped. Throws `FIELDS_UNKNOWN` with `fail`.
 */
export function checkRows(
  batch: RowBatch,
  { object, parents }: DescribedObject,
  {
    unknownFields,
    ...sink
  }: Omit<ColumnContext, 'object' | 'parents'> & Pick<Config, 'unknownFields'>,
): CheckedRows {
  const { columns } = batch;
  const refused = refusedColumns(batch, { ...sink, object, parents });
  if (refused.size > 0 && unknownFields === 'fail') failFlush(batch, refused);
  const dropped = unknownFields === 'drop' ? [...refused.keys()] : [];
  for (const column of dropped) refused.delete(column);

  const omitted = new Set(dropped);
  const errants: ErrantRecord[] = [];
  const rows: Row[] = [];
  for (const row of batch.rows) {
    const remaining = omitted.size === 0 ? row : withoutColumns(row, omitted);
    const refusal = refusalOf(remaining, refused);
    if (refusal === null) rows.push(remaining);
    else errants.push(...row.records.map((record) => toErrantRecord(record, 'object', refusal)));
  }
  return { rows, columns, errants, dropped: dropped.map((column) => columns.name(column)) };
}
