import type { Choices } from '../choices.ts';
import type { CsvRow } from '../csv/document.ts';
import type { FieldDescription } from '../object/description.ts';
import type { RecordStore, StoredRecord } from '../record/record-store.ts';
import { type CellReading, fieldError } from './cell.ts';
import type { Column } from './column.ts';
import { findNamedTwice, findParent, parentNotFound } from './parent-cell.ts';
import { readCell } from './read-cell.ts';
import { NULL_CELL } from './read-key.ts';
import { type RowError, rowError } from './row-error.ts';
import { trimText } from './spaces.ts';

/** What rows are read against. */
interface RowScope {
  readonly columns: readonly Column[];
  readonly records: RecordStore;
  readonly choices: Choices;
  /** Whether the operation may write a field. */
  readonly writable: (field: FieldDescription) => boolean;
}

/** The values of a row by field name, without those of empty cells; or its first error. */
export type RowReading = { readonly values: StoredRecord } | { readonly error: RowError };

/** Reads a row. Deserialization errors take precedence, because an org parses a row first. */
export function readRow(row: CsvRow, scope: RowScope): RowReading {
  const twice = findNamedTwice(row, scope.columns);
  if (twice) return { error: twice };
  const values: StoredRecord = {};
  let firstError: RowError | null = null;
  for (const [position, column] of scope.columns.entries()) {
    const text = row.cells[position] ?? '';
    // An empty cell does not change the field (guide, "Prepare CSV Files"). assumption: read-only-empty-cell.
    if (text === '') continue;
    const reading = readColumnCell({ text, column, position }, scope);
    if (!('error' in reading)) values[column.field.name] = reading.value;
    else if (reading.error.code === 'INVALID_FIELD') return reading;
    else firstError ??= reading.error;
  }
  return firstError ? { error: firstError } : { values };
}

interface ColumnCell {
  readonly text: string;
  readonly column: Column;
  readonly position: number;
}

function readColumnCell(cell: ColumnCell, scope: RowScope): CellReading {
  const { column, text, position } = cell;
  if (!scope.writable(column.field)) return { error: notWritable(column.field) };
  if (text === NULL_CELL) return readNull(cell, scope.choices);
  if (column.kind === 'parent') return findParent(column, text, scope);
  const { field } = column;
  const stored = scope.choices['text-trimming'] === 'trimmed' ? trimText(text, field) : text;
  return stored === ''
    ? { value: null }
    : readCell({ text: stored, field, position }, scope.choices);
}

/** choice: null-checkbox. */
function readNull({ column, position }: ColumnCell, choices: Choices): CellReading {
  const { field } = column;
  if (column.kind === 'parent' && choices['null-relationship'] === 'not-found') {
    return parentNotFound(column, NULL_CELL);
  }
  if (field.type !== 'boolean') return { value: null };
  if (choices['null-checkbox'] === 'false') return { value: false };
  return fieldError({ text: '', field, position }, 'wrongType');
}

function notWritable({ name, type }: FieldDescription): RowError {
  return type === 'id'
    ? rowError('idInInsert', {}, [name])
    : rowError('notWritable', { field: name }, [name]);
}
