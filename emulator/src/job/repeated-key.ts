import type { Choices } from '../choices.ts';
import type { CsvRow } from '../csv/document.ts';
import { type FieldDescription, findField } from '../object/description.ts';
import { lookupValue } from '../record/record-store.ts';
import { readKey } from '../row/read-key.ts';
import { type RowError, rowError } from '../row/row-error.ts';
import type { Job } from './job.ts';
import { cellOf } from './row-operation.ts';

/**
 * The error of the rows of a chunk that name the same record as another row of it: all of them
 * fail (Salesforce Help 000384876). In different chunks the later row wins.
 */
export function findRepeated(
  job: Job,
  chunk: readonly CsvRow[],
  choices: Choices,
): (row: CsvRow) => RowError | null {
  const { batch } = job;
  const field = keyField(job);
  if (!batch || !field) return () => null;
  const counts = new Map<string, number>();
  for (const row of chunk) {
    const key = keyOf(cellOf(row, field, batch), field, choices);
    if (key !== '') counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return (row) => {
    const text = cellOf(row, field, batch);
    if ((counts.get(keyOf(text, field, choices)) ?? 0) < 2) return null;
    const message = field.type === 'id' ? 'repeatedId' : 'repeatedKey';
    return rowError(message, { value: text }, [field.name]);
  };
}

/** The field by which a row names its record; none for an insert. */
function keyField({ request }: Job): FieldDescription | undefined {
  if (request.operation === 'insert') return undefined;
  const name = request.operation === 'upsert' ? (request.externalIdFieldName ?? 'Id') : 'Id';
  return findField(request.object, name);
}

/** A text that is equal for rows of one record; empty when the row names none. */
function keyOf(text: string, field: FieldDescription, choices: Choices): string {
  const key = readKey(text, field, choices);
  if (key === null) return '';
  return 'error' in key ? text : lookupValue(field, key.value, choices);
}
