import type { Columns } from '../csv/columns.ts';
import { withoutType } from '../csv/field-name.ts';
import type { KeyOf } from './key.ts';
import type { Row } from './row.ts';

/** A relationship of a custom lookup; `__pr` is that of a contact's lookup on a person account. */
const customRelationship = /__p?r$/;

/**
 * Returns the field that a column sets, by Salesforce's naming of relationships: `Account.X` and
 * `AccountId` set the same lookup, as do `Parent__r.X` and `Parent__c`, and `Club__pr.X` and `Club__pc`.
 */
function fieldSetBy(name: string): string {
  const path = withoutType(name.toLowerCase());
  const dot = path.indexOf('.');
  if (dot === -1) return path;
  const relationship = path.slice(0, dot);
  const isCustom = customRelationship.test(relationship);
  return isCustom ? `${relationship.slice(0, -1)}c` : `${relationship}id`;
}

/**
 * Merges rows of one key as if they were written in order: a later cell replaces an earlier one
 * unless it is empty, also where both set one lookup through different columns. A delete at the end
 * replaces all rows before it.
 */
export function mergeRows(rows: readonly [Row, ...Row[]], columns: Columns): Row {
  if (rows.length === 1) return rows[0];
  const last = rows.at(-1) as Row;
  if (last.isDelete) {
    return { ...last, records: rows.flatMap(({ records }) => records), parts: rows };
  }
  const byField = new Map<string, { column: number; cell: string }>();
  for (const row of rows) {
    row.columns.forEach((column, index) => {
      const cell = row.cells[index] ?? '';
      const field = fieldSetBy(columns.name(column));
      if (cell !== '' || !byField.has(field)) byField.set(field, { column, cell });
    });
  }
  const filled = [...byField.values()];
  return {
    records: rows.flatMap(({ records }) => records),
    parts: rows,
    columns: filled.map(({ column }) => column),
    cells: filled.map(({ cell }) => cell),
  };
}

/**
 * Tells whether a row sets a lookup through two columns. Salesforce rejects that; merging would
 * hide it.
 */
function setsLookupTwice({ columns: filled, cells }: Row, columns: Columns): boolean {
  const fields = filled.flatMap((column, index) =>
    cells[index] === '' ? [] : [fieldSetBy(columns.name(column))],
  );
  return new Set(fields).size < fields.length;
}

/** Rows that can be merged, in the order of their records; a delete is the last or followed by one. */
export type Mergeable = readonly [Row, ...Row[]];

/** Splits a run after its last delete: what it deletes is gone before later rows are written. */
function splitAfterDelete(run: Mergeable): Mergeable[] {
  const last = run.findLastIndex(({ isDelete }) => isDelete);
  if (last === -1 || last === run.length - 1) return [run];
  return [run.slice(0, last + 1), run.slice(last + 1)] as unknown as Mergeable[];
}

/** Splits the rows of one group, in order, into as few runs of mergeable rows as possible. */
function mergeableRuns(rows: readonly Row[], keyOf: KeyOf, columns: Columns): Mergeable[] {
  const runs: [Row, ...Row[]][] = [];
  let current: string | null = null;
  for (const row of rows) {
    const exact: string | null = setsLookupTwice(row, columns) ? null : (keyOf(row)?.exact ?? null);
    const last = runs.at(-1);
    if (last !== undefined && exact !== null && exact === current) last.push(row);
    else runs.push([row]);
    current = exact;
  }
  return runs.flatMap(splitAfterDelete);
}

/**
 * Groups rows that may have the same key in Salesforce, in order of first appearance. Each group is
 * a list of mergeable runs. Two runs of a group never go into the same job, since Salesforce would
 * reject both. A row without a key is its own group.
 */
export function groupByKey(
  rows: readonly Row[],
  keyOf: KeyOf,
  columns: Columns,
): readonly (readonly Mergeable[])[] {
  const groups: Row[][] = [];
  const byKey = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyOf(row)?.group;
    const group = key === undefined ? undefined : byKey.get(key);
    if (group !== undefined) {
      group.push(row);
      continue;
    }
    const added = [row];
    groups.push(added);
    if (key !== undefined) byKey.set(key, added);
  }
  return groups.map((group) =>
    group.length === 1 ? [group as unknown as Mergeable] : mergeableRuns(group, keyOf, columns),
  );
}
