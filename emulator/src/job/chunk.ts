import type { CsvRow } from '../csv/document.ts';
import type { OrgState } from '../org/org.ts';
import type { SaveResult } from '../record/save.ts';
import { formatRowError, type Language, type RowError, rowError } from '../row/row-error.ts';
import type { Batch, Job, RowOutcome } from './job.ts';
import { findRepeated } from './repeated-key.ts';
import { namedCells, rowOperation } from './row-operation.ts';

/** Processes the rows of these numbers, of a job whose batch it is; each gets its outcome. */
export function processChunk(job: Job, rowNumbers: readonly number[], org: OrgState): void {
  const { batch } = job;
  if (!batch) return;
  const language = org.choices['row-error-language'];
  const operate = rowOperation(job, batch, org);
  const rows = rowNumbers.map((row) => sourceOf(batch, row));
  const repeated = findRepeated(job, rows, org.choices);
  for (const number of rowNumbers) {
    const row = sourceOf(batch, number);
    const error = refusal(row, batch) ?? repeated(row);
    const ordered = strike(job, row, org);
    batch.outcomes[number] = ordered ?? outcome(error ? { error } : operate(row), language);
  }
}

function sourceOf(batch: Batch, number: number): CsvRow {
  return batch.document.rows[number] ?? { cells: [], raw: '' };
}

/** choice: ragged-row. */
function refusal(row: CsvRow, batch: Batch): RowError | null {
  if (row.cells.length === batch.columns.length) return null;
  return rowError('rowLength');
}

/** A row error that was ordered (see `fault`), or null. */
function strike(job: Job, row: CsvRow, org: OrgState): RowOutcome | null {
  if (!org.faults.hasRowFaults) return null;
  const cells = namedCells(row, job.batch);
  const error = org.faults.takeRow(job.request.object.name, cells);
  return error === null ? null : { kind: 'failed', id: '', error };
}

/** `sf__Id` of a failed update or delete is the id that the row named. assumption: failed-row-id. */
function outcome(result: SaveResult, language: Language): RowOutcome {
  return 'error' in result
    ? { kind: 'failed', id: result.id ?? '', error: formatRowError(result.error, language) }
    : { kind: 'saved', ...result };
}
