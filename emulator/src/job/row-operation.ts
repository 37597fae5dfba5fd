import type { CsvRow } from '../csv/document.ts';
import { type FieldDescription, findField } from '../object/description.ts';
import { findRule } from '../org/assignment-rule.ts';
import type { OrgState } from '../org/org-state.ts';
import { insertRecord } from '../record/insert.ts';
import type { SaveResult, SaveScope } from '../record/save.ts';
import { deleteRecord, readRowId, updateRecord } from '../record/update.ts';
import { readKey } from '../row/read-key.ts';
import { type RowReading, readRow } from '../row/read-row.ts';
import { rowError } from '../row/row-error.ts';
import type { Batch, Job } from './job.ts';

/** Saves one row of a job. */
type RowOperation = (row: CsvRow) => SaveResult;

/** The batch of a row, and what the row is saved into. */
interface RowScope {
  readonly batch: Batch;
  readonly org: OrgState;
  readonly save: SaveScope;
}

/** The operation of a job on each of its rows. */
export function rowOperation(job: Job, batch: Batch, org: OrgState): RowOperation {
  const { object, operation, assignmentRuleId } = job.request;
  const assignedTo = findRule(assignmentRuleId ?? '', org)?.ownerId ?? null;
  const scope: RowScope = { batch, org, save: { object, ...org, assignedTo } };
  switch (operation) {
    case 'insert':
      return (row) => insert(row, scope);
    case 'update':
      return (row) => update(row, cellOf(row, idField(scope), batch), scope);
    case 'upsert': {
      const key = findField(object, job.request.externalIdFieldName ?? '');
      return key && key.type !== 'id'
        ? (row) => upsertByKey(row, key, scope)
        : (row) => upsertById(row, scope);
    }
    case 'delete':
    case 'hardDelete':
      return (row) => remove(row, operation === 'hardDelete', scope);
  }
}

/** The text of the cell of a field; empty without such a column. */
export function cellOf(row: CsvRow, field: FieldDescription | undefined, batch: Batch): string {
  const position = batch.columns.findIndex(
    (column) => column.kind === 'field' && column.field === field,
  );
  return row.cells[position] ?? '';
}

/** The cells of a row by column name, as sent. */
export function namedCells(row: CsvRow, batch: Batch | null): Map<string, string> {
  const header = batch?.document.header ?? [];
  return new Map(header.map((name, position) => [name, row.cells[position] ?? '']));
}

/** The field `Id`. */
function idField({ save }: RowScope): FieldDescription | undefined {
  return findField(save.object, 'Id');
}

function insert(row: CsvRow, scope: RowScope): SaveResult {
  const reading = read(row, scope, (field) => field.createable);
  return 'error' in reading ? reading : insertRecord(reading.values, scope.save);
}

function update(row: CsvRow, idText: string, scope: RowScope): SaveResult {
  const id = readRowId(idText, 'an update', scope.save);
  if (typeof id !== 'string') return { error: id };
  const reading = read(row, scope, (field) => field.updateable || field.type === 'id');
  if ('error' in reading) return { ...reading, id };
  const { Id: _, ...values } = reading.values;
  return updateRecord(id, values, scope.save);
}

/** An upsert whose key is an external id or another lookup field. */
function upsertByKey(row: CsvRow, key: FieldDescription, scope: RowScope): SaveResult {
  const reading = readKey(cellOf(row, key, scope.batch), key, scope.org.choices);
  // assumption: missing-key-column.
  if (!reading) return { error: rowError('noKey', { field: key.name }) };
  // `insert` reads the row again and reports the error with its column.
  if ('error' in reading) return insert(row, scope);
  const { records, object } = scope.save;
  const [id, ...others] = records.find(object, key, reading.value);
  if (id === undefined || competes(row, scope)) return insert(row, scope);
  if (others.length > 0) return severalFound(key, [id, ...others]);
  const changes = read(row, scope, (field) => field.updateable || field === key);
  return 'error' in changes ? { ...changes, id } : updateRecord(id, changes.values, scope.save);
}

/** Whether a fault makes the upsert ignore the record that it found. */
function competes(row: CsvRow, { batch, org, save }: RowScope): boolean {
  const { faults } = org;
  return faults.hasRowFaults && faults.takeUpsert(save.object.name, namedCells(row, batch));
}

/** An upsert whose key is `Id`: rows without one are inserted. */
function upsertById(row: CsvRow, scope: RowScope): SaveResult {
  const text = cellOf(row, idField(scope), scope.batch);
  return text === '' ? insert(row, scope) : update(row, text, scope);
}

function remove(row: CsvRow, hard: boolean, scope: RowScope): SaveResult {
  const id = readRowId(cellOf(row, idField(scope), scope.batch), 'a delete', scope.save);
  return typeof id === 'string' ? deleteRecord(id, hard, scope.save) : { error: id };
}

function severalFound(key: FieldDescription, ids: readonly string[]): SaveResult {
  const parts = { label: key.label, id: ids.join(', ') };
  return { error: rowError('severalFound', parts, [key.name]) };
}

function read(
  row: CsvRow,
  { batch, org, save }: RowScope,
  writable: (field: FieldDescription) => boolean,
): RowReading {
  return readRow(row, {
    columns: batch.columns,
    records: org.records,
    choices: org.choices,
    writable: (field) => writable(field) && org.access.writes(save.object, field),
  });
}
