import { plainDigits } from '../csv/number-text.ts';
import { type ErrantRecord, toErrantRecord } from '../kafka/errant-record.ts';
import type { RecordOrigin } from '../kafka/record.ts';
import { RecordError } from '../record-error.ts';
import { keyText } from '../rows/key.ts';
import type { Row } from '../rows/row.ts';
import type { Org } from '../salesforce/org.ts';
import type { RowRules } from './context.ts';
import { afterRefusedDelete } from './delete-queue.ts';
import { alreadyDone } from './errors-meaning-done.ts';
import { afterWritten, type KeyQueue } from './key-queue.ts';

/** How the rows of a delete job are found in its results: by their ids. */
export function deleteRules({ columns, keyOf, deletedBy }: RowRules): RowRules {
  const text = keyText({ comparison: 'id', caseSensitive: null });
  return {
    columns,
    keyOf,
    deletedBy,
    comparisonOf: () => 'id',
    key: { name: 'Id', text },
    isDone: alreadyDone({ operation: 'delete', recordIdField: null }, null),
  };
}

/** A row to delete, and its queue. */
type Delete = readonly [row: Row, queue: KeyQueue];

/** A row to delete after it was looked up. */
type Located =
  | { readonly kind: 'found'; readonly row: Row; readonly queue: KeyQueue }
  /** It does not exist. */
  | { readonly kind: 'done'; readonly records: Row['records']; readonly queue: KeyQueue | null }
  | {
      readonly kind: 'errant';
      readonly errants: readonly ErrantRecord[];
      readonly queue: KeyQueue | null;
    };

/** The longest external id. Source: Salesforce help, "Custom field types", Text. */
const maxKeyCharacters = 255;

/** A number that a field can hold. Source: Salesforce help, "Custom field types", Number: 18 digits. */
const plainNumber = /^-?0*\d{1,18}(\.\d+)?$/;

/** A number as a query takes it; null: the text is none. */
function numberKey(cell: string): string | null {
  try {
    const key = plainDigits(cell.trim());
    return plainNumber.test(key) ? key : null;
  } catch (error) {
    if (error instanceof RecordError) return null;
    throw error;
  }
}

/** A cell of the key column as a query takes it; null: no row can have it. */
export function queriedKey(cell: string, isNumber: boolean): string | null {
  const key = isNumber ? numberKey(cell) : cell;
  return key !== null && key.length <= maxKeyCharacters ? key : null;
}

/** Why a row cannot be deleted; null: it can. */
function problemOf(key: string | null, rows: number, field: string): RecordError | null {
  if (key === null) {
    const reason = `the key of the row to delete cannot be a value of ${field}`;
    return new RecordError('KEY_INVALID', reason);
  }
  if (rows < 2) return null;
  const reason = `${rows} rows have this ${field}, so it does not identify the one to delete`;
  return new RecordError('KEY_AMBIGUOUS', reason);
}

/** A row whose key does not identify one; the rows that it would have replaced are sent after all. */
function refused(queue: KeyQueue, problem: RecordError): Located {
  const { deletes, queue: next } = afterRefusedDelete(queue);
  const records = deletes.flatMap((row) => row.records);
  const errants = records.map((record) => toErrantRecord(record, 'salesforce', problem));
  return { kind: 'errant', errants, queue: next };
}

/** Looks up rows to delete. Throws as `Org.findRows` does. */
async function locate(
  deletes: readonly Delete[],
  { columns, deletedBy }: RowRules,
  { org, object }: { readonly org: Org; readonly object: string },
): Promise<Located[]> {
  if (deletedBy === null) return deletes.map(([row, queue]) => ({ kind: 'found', row, queue }));
  const { field, isNumber } = deletedBy;
  const keys = deletes.map(([{ cells }]) => queriedKey(cells[0] ?? '', isNumber));
  const valid = keys.filter((key) => key !== null);
  const rowsByKey = await org.findRows(valid, { object, ...deletedBy });
  const column = columns.of('Id');
  return deletes.map(([row, queue], index): Located => {
    const key = keys[index] ?? null;
    const found = key === null ? [] : (rowsByKey.get(key) ?? []);
    const problem = problemOf(key, found.length, field);
    if (problem !== null) return refused(queue, problem);
    const id = found[0]?.id;
    if (id === undefined) return { kind: 'done', records: row.records, queue: afterWritten(queue) };
    return {
      kind: 'found',
      row: { ...row, columns: [column], cells: [id], isPlain: false },
      queue,
    };
  });
}

/** Rows to delete by their ids, and what became of the others. */
export interface LocatedDeletes {
  /** Rows whose only cell is an id. */
  readonly rows: readonly Row[];
  /** The queue of each of these rows. */
  readonly queues: readonly KeyQueue[];
  /** What the queues of the others have left to send. */
  readonly others: readonly KeyQueue[];
  /** Records of rows that do not exist: their deletes are done. */
  readonly done: readonly RecordOrigin[];
  readonly errants: readonly ErrantRecord[];
}

/**
 * Finds the ids of rows to delete. A row that does not exist is done; one whose key is no value of
 * the field, or that several rows have, is errant. Throws as `Org.findRows` does.
 */
export async function locateDeletes(
  deletes: readonly Delete[],
  rules: RowRules,
  target: { readonly org: Org; readonly object: string },
): Promise<LocatedDeletes> {
  const located = await locate(deletes, rules, target);
  const found = located.filter((one) => one.kind === 'found');
  return {
    rows: found.map(({ row }) => row),
    queues: found.map(({ queue }) => queue),
    others: located.flatMap(({ kind, queue }) => (kind === 'found' ? [] : (queue ?? []))),
    done: located.flatMap((one) => (one.kind === 'done' ? one.records : [])),
    errants: located.flatMap((one) => (one.kind === 'errant' ? one.errants : [])),
  };
}
