import type { Columns } from './columns.ts';
import type { Draft } from './draft.ts';
import type { KeyOf } from './key.ts';

/** The rows of one job: of each key at most one. The others go into a later job, in their order. */
export interface JobRows {
  readonly rows: readonly Draft[];
  readonly later: readonly Draft[];
}

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
export function merged(rows: readonly [Draft, ...Draft[]], columns: Columns): Draft {
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
    parts: rows.flatMap((row) => (row.parts.length > 0 ? row.parts : [row])),
    share: rows[0].share,
    columns: filled.map(({ column }) => column),
    cells: filled.map(({ cell }) => cell),
  };
}

/** Whether a row sets one lookup in two ways, which Salesforce refuses, and merging would hide. */
function contradicts({ columns: filled, cells }: Draft, columns: Columns): boolean {
  const targets = filled.flatMap((column, index) =>
    cells[index] === '' ? [] : [targetOf(columns.name(column))],
  );
  return new Set(targets).size < targets.length;
}

/** Rows that may be one to Salesforce, in order of first appearance; one without a key is alone. */
function byKey(drafts: readonly Draft[], keyOf: KeyOf): [Draft, ...Draft[]][] {
  const groups = new Map<string | Draft, [Draft, ...Draft[]]>();
  for (const draft of drafts) {
    const key = keyOf(draft)?.group ?? draft;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [draft]);
    else group.push(draft);
  }
  return [...groups.values()];
}

/** How many rows at the beginning of a group can be merged with the first. */
function mergeable(group: readonly [Draft, ...Draft[]], keyOf: KeyOf, columns: Columns): number {
  const [first] = group;
  if (group.length === 1 || contradicts(first, columns)) return 1;
  const exact = keyOf(first)?.exact;
  const end = group.findIndex(
    (draft) =>
      draft.share !== first.share || keyOf(draft)?.exact !== exact || contradicts(draft, columns),
  );
  return end === -1 ? group.length : end;
}

/**
 * Chooses the rows of the next job. Rows of one key become one, since Salesforce would refuse them
 * all; those that cannot be merged with the first of their key wait for it.
 */
export function nextRows(drafts: readonly Draft[], keyOf: KeyOf, columns: Columns): JobRows {
  const rows: Draft[] = [];
  const later: Draft[] = [];
  for (const group of byKey(drafts, keyOf)) {
    const end = mergeable(group, keyOf, columns);
    const [first, ...others] = group;
    rows.push(merged([first, ...others.slice(0, end - 1)], columns));
    later.push(...others.slice(end - 1));
  }
  return { rows, later };
}

/**
 * Halves a merged row that Salesforce refused: its first records are to be tried without the others,
 * so that one bad record among a thousand of its key costs some twenty jobs and not a thousand.
 */
export function apart(row: Draft): readonly Draft[] {
  const { parts } = row;
  if (parts.length === 0) return [row];
  const half = Math.ceil(parts.length / 2);
  return parts.map((part, place) => ({
    ...part,
    share: `${part.share}${place < half ? 'a' : 'b'}`,
  }));
}
