import type { FieldForm } from '../csv/cell.ts';
import type { Columns } from '../csv/columns.ts';

/** What is known of the fields that take a record's values, before any cell is written. */
export interface FieldRules {
  /** The form that a field takes; null: it is left out, whatever its name and value. */
  formOf(name: string): FieldForm | null;
  /** Whether an object of fields under this name is left out as a whole. */
  leavesOut(relationship: string): boolean;
}

/** Nobody has described the object: every field is written, each value in its own form. */
export const undescribed: FieldRules = { formOf: () => 'plain', leavesOut: () => false };

/** Where the values of a field go. */
interface Target {
  readonly column: number;
  readonly form: FieldForm;
}

/** The columns and forms of fields by their name, looked up once for a batch. */
export class Targets {
  readonly #known = new Map<string, Target | null>();
  readonly #columns: Columns;
  readonly #rules: FieldRules;

  constructor(columns: Columns, rules: FieldRules) {
    this.#columns = columns;
    this.#rules = rules;
  }

  /** Null: the field is left out. Throws the record error `FIELD_NAME_INVALID`. */
  of(name: string): Target | null {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const form = this.#rules.formOf(name);
    const target = form === null ? null : { column: this.#columns.of(name), form };
    this.#known.set(name, target);
    return target;
  }

  /** Whether a field is left out, whatever its name and value; unlike `of`, it refuses no name. */
  omits(name: string): boolean {
    return this.#rules.formOf(name) === null;
  }

  leavesOut(relationship: string): boolean {
    return this.#rules.leavesOut(relationship);
  }
}
