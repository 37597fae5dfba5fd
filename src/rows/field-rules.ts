import type { Columns } from '../csv/columns.ts';
import type { FieldFormat } from '../csv/field-format.ts';

/** Which fields are written, and in which format. */
export interface FieldRules {
  /** The format of a field's cells; null when the field is omitted. */
  formatOf(name: string): FieldFormat | null;
  /** Tells whether an object under this name is omitted as a whole. */
  omitsRelationship(relationship: string): boolean;
}

/** The rules for an object that is not described: every field is written in `plain` format. */
export const acceptAllFields: FieldRules = {
  formatOf: () => 'plain',
  omitsRelationship: () => false,
};

/** The column and format of a field. */
interface FieldColumn {
  readonly column: number;
  readonly format: FieldFormat;
}

/** The columns and formats of a batch's fields, by source name. */
export class FieldColumns {
  readonly #byName = new Map<string, FieldColumn | null>();
  readonly #columns: Columns;
  readonly #rules: FieldRules;

  constructor(columns: Columns, rules: FieldRules) {
    this.#columns = columns;
    this.#rules = rules;
  }

  /** Null when the field is omitted. Throws the record error `FIELD_NAME_INVALID`. */
  of(name: string): FieldColumn | null {
    const found = this.#byName.get(name);
    if (found !== undefined) return found;
    const format = this.#rules.formatOf(name);
    const fieldColumn = format === null ? null : { column: this.#columns.of(name), format };
    this.#byName.set(name, fieldColumn);
    return fieldColumn;
  }

  /** The column and format of a field that `of` has returned; null: it has none. */
  found(name: string): FieldColumn | null {
    return this.#byName.get(name) ?? null;
  }

  /** Tells whether a field is omitted. Unlike `of`, it accepts invalid names. */
  omitsField(name: string): boolean {
    return this.#rules.formatOf(name) === null;
  }

  omitsRelationship(relationship: string): boolean {
    return this.#rules.omitsRelationship(relationship);
  }
}
