import { isNullCell } from '../csv/cell.ts';
import type { Columns } from '../csv/columns.ts';
import type { Row } from '../rows/row.ts';
import { type Checked, isWritable } from './check-column.ts';
import type { FieldDescription } from './description.ts';

/** How Salesforce is told to clear a field. */
const cleared = '#N/A';

/** What null means in a column. */
type Meaning =
  /** `kept`: a field that is never empty, or that the operation cannot write, is left alone. */
  | { readonly kind: 'checkbox' | 'kept' }
  /** The lookup itself, a field behind it, or its bare relationship, which is no field at all. */
  | { readonly kind: 'id' | 'path' | 'bare'; readonly lookup: FieldDescription };

function meaningOf(name: string, checked: Checked): Meaning | null {
  const { object } = checked;
  const [relationship = ''] = name
    .toLowerCase()
    .replace(/^[^.:]*:/, '')
    .split('.');
  const field = object.fields.get(name.toLowerCase());
  if (field !== undefined) {
    if (!isWritable(field, checked)) return { kind: 'kept' };
    if (field.type === 'boolean') return { kind: 'checkbox' };
    if (!field.nillable && name.toLowerCase() !== checked.keyField?.toLowerCase()) {
      return { kind: 'kept' };
    }
    return field.relationshipName === null ? null : { kind: 'id', lookup: field };
  }
  const lookup = object.relationships.get(relationship);
  if (lookup === undefined) return null;
  return { kind: name.includes('.') ? 'path' : 'bare', lookup };
}

type Cell = readonly [column: number, cell: string];

/** What a row's nulls become, one row at a time; `meanings[column]`. */
class Nulls {
  readonly #meanings: (Meaning | null)[] = [];
  readonly #columns: Columns;
  readonly #checked: Checked;

  constructor(columns: Columns, checked: Checked) {
    this.#columns = columns;
    this.#checked = checked;
  }

  #meaning(column: number): Meaning | null {
    const known = this.#meanings[column];
    if (known !== undefined) return known;
    const meaning = meaningOf(this.#columns.name(column), this.#checked);
    this.#meanings[column] = meaning;
    return meaning;
  }

  #lookup(column: number): FieldDescription | null {
    const meaning = this.#meaning(column);
    return meaning === null || !('lookup' in meaning) ? null : meaning.lookup;
  }

  /** The cells that take the place of one: null of a relationship clears the lookup, if anything. */
  #settled([column, cell]: Cell, isSet: ReadonlySet<FieldDescription | null>): Cell[] {
    const meaning = this.#meaning(column);
    if (meaning === null) return [[column, cell]];
    if (meaning.kind === 'checkbox') return [[column, cell === cleared ? 'false' : cell]];
    if (!('lookup' in meaning)) return [];
    const { kind, lookup } = meaning;
    if (cell !== cleared) return kind === 'bare' ? [] : [[column, cell]];
    if (isSet.has(lookup)) return [];
    if (kind === 'id') return [[column, cell]];
    return lookup.nillable ? [[this.#columns.of(lookup.name), cell]] : [];
  }

  settle(row: Row): Row {
    const cells = row.columns.map((column, index): Cell => [column, row.cells[index] ?? '']);
    if (!cells.some(([column, cell]) => isNullCell(cell) && this.#meaning(column))) return row;
    const set = cells.filter(([, cell]) => !isNullCell(cell));
    const isSet = new Set(set.map(([column]) => this.#lookup(column)));
    const settled = new Map<number, string>();
    for (const cell of cells) {
      const rest = isNullCell(cell[1]) ? this.#settled(cell, isSet) : [cell];
      for (const [column, text] of rest)
        if (text !== '' || !settled.has(column)) settled.set(column, text);
    }
    return { ...row, columns: [...settled.keys()], cells: [...settled.values()] };
  }
}

/**
 * Says what null means where Salesforce has no null. A relationship that is null, as in
 * `{"Account":null}`, and one whose field is, clear the lookup, `AccountId`, unless the row sets it
 * in another way or it is never empty; with `NULL_VALUES=empty` it is as if it were not there. A
 * checkbox that is cleared is false. The null of a field that is never empty, or that the operation
 * cannot write, says nothing.
 */
export function settleNulls(
  rows: readonly Row[],
  columns: Columns,
  checked: Checked,
): readonly Row[] {
  const nulls = new Nulls(columns, checked);
  return rows.map((row) => nulls.settle(row));
}
