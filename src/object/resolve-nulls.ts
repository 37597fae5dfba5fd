import { isNullCell } from '../csv/cell.ts';
import type { Columns } from '../csv/columns.ts';
import { withoutType } from '../csv/field-name.ts';
import type { Row } from '../rows/row.ts';
import { type ColumnContext, isWritable } from './check-column.ts';
import type { FieldDescription } from './description.ts';

/** The cell that clears a field. */
const cleared = '#N/A';

/** How null is written in a column. */
type NullMeaning =
  /** `omitted`: the field is required, or the operation cannot write it. */
  | { readonly kind: 'checkbox' | 'omitted' }
  /**
   * The lookup's id, a field of its relationship, or the relationship itself, which is not a field.
   */
  | { readonly kind: 'id' | 'path' | 'relationship'; readonly lookup: FieldDescription };

function meaningOf(name: string, context: ColumnContext): NullMeaning | null {
  const { object } = context;
  const [relationship = ''] = withoutType(name.toLowerCase()).split('.');
  const field = object.fields.get(name.toLowerCase());
  if (field !== undefined) {
    if (!isWritable(field, context)) return { kind: 'omitted' };
    if (field.type === 'boolean') return { kind: 'checkbox' };
    if (!field.nillable && name.toLowerCase() !== context.keyField?.toLowerCase()) {
      return { kind: 'omitted' };
    }
    return field.relationshipName === null ? null : { kind: 'id', lookup: field };
  }
  const lookup = object.relationships.get(relationship);
  if (lookup === undefined) return null;
  return { kind: name.includes('.') ? 'path' : 'relationship', lookup };
}

type Cell = readonly [column: number, cell: string];

/** Resolves the nulls of rows; `meanings[column]`. */
class NullResolver {
  readonly #meanings: (NullMeaning | null)[] = [];
  readonly #columns: Columns;
  readonly #context: ColumnContext;

  constructor(columns: Columns, context: ColumnContext) {
    this.#columns = columns;
    this.#context = context;
  }

  #meaning(column: number): NullMeaning | null {
    const cached = this.#meanings[column];
    if (cached !== undefined) return cached;
    const meaning = meaningOf(this.#columns.name(column), this.#context);
    this.#meanings[column] = meaning;
    return meaning;
  }

  #lookup(column: number): FieldDescription | null {
    const meaning = this.#meaning(column);
    return meaning === null || !('lookup' in meaning) ? null : meaning.lookup;
  }

  /** Returns the cells that replace a null cell. A null relationship clears the lookup. */
  #resolved([column, cell]: Cell, isSet: ReadonlySet<FieldDescription | null>): Cell[] {
    const meaning = this.#meaning(column);
    if (meaning === null) return [[column, cell]];
    if (meaning.kind === 'checkbox') return [[column, cell === cleared ? 'false' : cell]];
    if (!('lookup' in meaning)) return [];
    const { kind, lookup } = meaning;
    if (cell !== cleared) return kind === 'relationship' ? [] : [[column, cell]];
    if (isSet.has(lookup)) return [];
    if (kind === 'id') return [[column, cell]];
    return lookup.nillable ? [[this.#columns.of(lookup.name), cell]] : [];
  }

  /** Whether a row has a null that is not written as it is; most have none. */
  #hasNull({ columns, cells }: Row): boolean {
    for (let index = 0; index < cells.length; index++) {
      const isNull = isNullCell(cells[index] as string);
      if (isNull && this.#meaning(columns[index] as number) !== null) return true;
    }
    return false;
  }

  resolve(row: Row): Row {
    if (!this.#hasNull(row)) return row;
    const cells = row.columns.map((column, index): Cell => [column, row.cells[index] ?? '']);
    const set = cells.filter(([, cell]) => !isNullCell(cell));
    const isSet = new Set(set.map(([column]) => this.#lookup(column)));
    const resolved = new Map<number, string>();
    for (const cell of cells) {
      const replacements = isNullCell(cell[1]) ? this.#resolved(cell, isSet) : [cell];
      for (const [column, text] of replacements) {
        if (text !== '' || !resolved.has(column)) resolved.set(column, text);
      }
    }
    const [columns, texts] = [[...resolved.keys()], [...resolved.values()]];
    return { ...row, columns, cells: texts, isPlain: false };
  }
}

/**
 * Resolves nulls that Salesforce cannot store. A null relationship, as in `{"Account":null}`, and a
 * relationship whose field is null clear the lookup, `AccountId`, unless the row sets it otherwise
 * or it is required; with `NULL_VALUES=empty` they are omitted. A cleared checkbox is false. The
 * null of a field that is required, or that the operation cannot write, is omitted.
 */
export function resolveNulls(
  rows: readonly Row[],
  columns: Columns,
  context: ColumnContext,
): readonly Row[] {
  const resolver = new NullResolver(columns, context);
  return rows.map((row) => resolver.resolve(row));
}
