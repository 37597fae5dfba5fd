import type { Choices } from '../choices.ts';
import type { CsvRow } from '../csv/document.ts';
import type { RecordStore } from '../record/record-store.ts';
import type { CellReading } from './cell.ts';
import type { Column, ParentColumn } from './column.ts';
import { readKey } from './read-key.ts';
import { type RowError, rowError } from './row-error.ts';

/** What parents are looked up in. */
interface ParentScope {
  readonly records: RecordStore;
  readonly choices: Choices;
}

/** The record that a relationship column points to (guide, "Relationship Fields"). */
export function findParent(column: ParentColumn, text: string, scope: ParentScope): CellReading {
  const { parent, key, field } = column;
  const reading = readKey(text, key, scope.choices);
  if (!reading || 'error' in reading) return parentNotFound(column, text);
  const [id, ...others] = scope.records.find(parent, key, reading.value);
  if (id === undefined) return parentNotFound(column, text);
  if (others.length > 0) {
    const parts = { label: key.label, id: [id, ...others].join(', ') };
    return { error: rowError('severalFound', parts, [field.name]) };
  }
  return { value: id };
}

/** The error of a key without a parent (reports of clients). */
export function parentNotFound({ key, parent }: ParentColumn, text: string): CellReading {
  const parts = { value: text, field: key.name, name: parent.name };
  return { error: rowError('parentNotFound', parts) };
}

/**
 * The error of a row that fills one lookup from two columns. Seen by clients: `INVALID_FIELD:Cannot
 * specify both an external ID reference Owner and a salesforce id, OwnerId:--`.
 * assumption: two-parent-keys.
 */
export function findNamedTwice(row: CsvRow, columns: readonly Column[]): RowError | null {
  if (columns.every(({ kind }) => kind === 'field')) return null;
  const filled = columns.filter((_, position) => (row.cells[position] ?? '') !== '');
  for (const column of filled) {
    if (column.kind !== 'parent') continue;
    const other = filled.find((known) => known !== column && known.field === column.field);
    if (!other) continue;
    const { relationshipName, name: field } = column.field;
    const name = relationshipName ?? '';
    return other.kind === 'field'
      ? rowError('idAndKey', { name, field })
      : rowError('twoKeys', { name });
  }
  return null;
}
