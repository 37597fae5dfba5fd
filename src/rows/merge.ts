import type { Columns } from '../csv/columns.ts';
import type { KeyOf } from './key.ts';
import type { Row } from './row.ts';

/**
 * The field that a column sets, by Salesforce's rule for the names of relationships: `Account.X` and
 * `AccountId` set the same lookup, `Parent__r.X` and `Parent__c` too.
 */
function targetOf(name: string): string {
  const path = name.toLowerCase().replace(/^[^.:]*:/, '');
  const dot = path.indexOf('.');
  if (dot === -1) return path;
  const relationship = path.slice(0, dot);
  return relationship.endsWith('__r') ? `${relationship.slice(0, -1)}c` : `${relationship}id`;
}

/**
 * Merges rows of one key as if they were written one after the other: a later cell replaces an
 * earlier one, an empty cell leaves it alone, and a lookup is set in one way only.
 */
export function merged(rows: readonly [Row, ...Row[]], columns: Columns): Row {
  if (rows.length === 1) return rows[0];
  const byTarget = new Map<string, { column: number; cell: string }>();
  for (const row of rows) {
    row.columns.forEach((column, index) => {
      const cell = row.cells[index] ?? '';
      const target = targetOf(columns.name(column));
      if (cell !== '' || !byTarget.has(target)) byTarget.set(target, { column, cell });
    });
  }
  const filled = [...byTarget.values()];
  return {
    records: rows.flatMap(({ records }) => records),
    parts: rows,
    columns: filled.map(({ column }) => column),
    cells: filled.map(({ cell }) => cell),
  };
}

/** Whether a row sets one lookup in two ways, which Salesforce refuses, and merging would hide. */
function contradicts({ columns: filled, cells }: Row, columns: Columns): boolean {
  const targets = filled.flatMap((column, index) =>
    cells[index] === '' ? [] : [targetOf(columns.name(column))],
  );
  return new Set(targets).size < targets.length;
}

/** Rows that can go out as one, in the order of their records. */
export type Mergeable = readonly [Row, ...Row[]];

/** Cuts the rows of one key, in their order, into as few runs of rows that can be merged as possible. */
function runsOf(rows: readonly Row[], keyOf: KeyOf, columns: Columns): Mergeable[] {
  const runs: [Row, ...Row[]][] = [];
  let open: string | null = null;
  for (const row of rows) {
    const exact: string | null = contradicts(row, columns) ? null : (keyOf(row)?.exact ?? null);
    const last = runs.at(-1);
    if (last !== undefined && exact !== null && exact === open) last.push(row);
    else runs.push([row]);
    open = exact;
  }
  return runs;
}

/**
 * Groups rows by what may be one row to Salesforce, in order of first appearance. Each group is a
 * list of runs that can be merged; two runs of one group never go into the same job, since
 * Salesforce would refuse both. A row without a key is a group of its own.
 */
export function byKey(
  rows: readonly Row[],
  keyOf: KeyOf,
  columns: Columns,
): readonly (readonly Mergeable[])[] {
  const groups = new Map<string | Row, Row[]>();
  for (const row of rows) {
    const key = keyOf(row)?.group ?? row;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return [...groups.values()].map((rows) =>
    rows.length === 1 ? [rows as unknown as Mergeable] : runsOf(rows, keyOf, columns),
  );
}
