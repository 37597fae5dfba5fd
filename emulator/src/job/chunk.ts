import type { CsvRow } from '../csv/document.ts';
import type { OrgState } from '../org/org-state.ts';
import type { SaveResult } from '../record/save.ts';
import { formatRowError, type Language, type RowError, rowError } from '../row/row-error.ts';
import type { Batch, Job, RowResult } from './job.ts';
import { findRepeated } from './repeated-key.ts';
import { namedCells, rowOperation } from './row-operation.ts';

/** Processes the rows with these numbers and sets their results. */
export function processChunk(job: Job, rowNumbers: readonly number[], org: OrgState): void {
  const { batch } = job;
  if (!batch) return;
  const language = org.choices['row-error-language'];
  const operate = rowOperation(job, batch, org);
  const rows = rowNumbers.map((row) => sourceOf(batch, row));
  const repeated = findRepeated(job, rows, org.choices);
  for (const number of rowNumbers) {
    const row = sourceOf(batch, number);
    const error = lengthError(row, batch) ?? repeated(row);
    const fault = takeFault(job, row, org);
    batch.results[number] = fault ?? rowResult(error ? { error } : operate(row), language);
  }
}

function sourceOf(batch: Batch, number: number): CsvRow {
  return batch.document.rows[number] ?? { cells: [], raw: '' };
}

/** choice: ragged-row. */
function lengthError(row: CsvRow, batch: Batch): RowError | null {
  if (row.cells.length === batch.columns.length) return null;
  return rowError('rowLength');
}

/** The result of a row with an armed fault, or null. */
function takeFault(job: Job, row: CsvRow, org: OrgState): RowResult | null {
  if (!org.faults.hasRowFaults) return null;
  const cells = namedCells(row, job.batch);
  const error = org.faults.takeRow(job.request.object.name, cells);
  return error === null ? null : { kind: 'failed', id: '', error };
}

/** The `sf__Id` of a failed update or delete is the id in the row. assumption: failed-row-id. */
function rowResult(result: SaveResult, language: Language): RowResult {
  return 'error' in result
    ? { kind: 'failed', id: result.id ?? '', error: formatRowError(result.error, language) }
    : { kind: 'saved', ...result };
}
