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
    alone: false,
    columns: filled.map(({ column }) => column),
    cells: filled.map(({ cell }) => cell),
  };
}

/** Rows by their key, in order of first appearance; one without a key is a group of its own. */
function byKey(drafts: readonly Draft[], keyOf: KeyOf): [Draft, ...Draft[]][] {
  const groups = new Map<string | Draft, [Draft, ...Draft[]]>();
  for (const draft of drafts) {
    const key = keyOf(draft) ?? draft;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [draft]);
    else group.push(draft);
  }
  return [...groups.values()];
}

/**
 * Chooses the rows of the next job. Rows of one key become one, since Salesforce would refuse them
 * all; where one of them must stand alone, the first goes and the others wait for it.
 */
export function nextRows(drafts: readonly Draft[], keyOf: KeyOf, columns: Columns): JobRows {
  const rows: Draft[] = [];
  const later: Draft[] = [];
  for (const group of byKey(drafts, keyOf)) {
    if (!group.some(({ alone }) => alone)) {
      rows.push(merged(group, columns));
      continue;
    }
    const [first, ...others] = group;
    rows.push(first);
    later.push(...others);
  }
  return { rows, later };
}

/** What a merged row was made of, each part to stand alone from now on. */
export function apart({ parts }: Draft): Draft[] {
  return parts.map((part) => ({ ...part, alone: true }));
}
