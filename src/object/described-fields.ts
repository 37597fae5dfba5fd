import type { Config } from '../config/config.ts';
import { type FieldFormat, formatOf } from '../csv/field-format.ts';
import { isFieldName, withoutType } from '../csv/field-name.ts';
import type { FieldRules } from '../rows/field-rules.ts';
import { type ColumnContext, checkColumn } from './check-column.ts';

/** Longer names are truncated in the log. */
const maxLoggedName = 60;

/** A name for the log. A field of a relationship may be the key of a map, which is data. */
function loggedName(name: string): string {
  if (isFieldName(name)) return name;
  const dot = name.indexOf('.');
  const shortened = dot === -1 ? name : `${name.slice(0, dot)}.…`;
  return shortened.length > maxLoggedName ? `${shortened.slice(0, maxLoggedName)}…` : shortened;
}

/** The field rules of a described object; collects the names that they omit. */
export class DescribedFields implements FieldRules {
  /** Names of fields and relationships that were omitted with `UNKNOWN_FIELDS=drop`. */
  readonly dropped = new Set<string>();
  readonly #context: ColumnContext;
  readonly #drops: boolean;

  constructor(context: ColumnContext, { unknownFields }: Pick<Config, 'unknownFields'>) {
    this.#context = context;
    this.#drops = unknownFields === 'drop';
  }

  formatOf(name: string): FieldFormat | null {
    const { object } = this.#context;
    // A relationship may be null; any other value under its name is refused later.
    const isKnown = object.relationships.has(name.toLowerCase()) || !this.#drops;
    if (isKnown || this.#isWritten(name)) {
      return formatOf(object.fields.get(name.toLowerCase())?.type);
    }
    this.dropped.add(loggedName(name));
    return null;
  }

  #isWritten(name: string): boolean {
    return isFieldName(name) && 'name' in checkColumn(name, this.#context);
  }

  omitsRelationship(relationship: string): boolean {
    if (!this.#drops) return false;
    const name = withoutType(relationship.toLowerCase());
    if (this.#context.object.relationships.has(name)) return false;
    this.dropped.add(loggedName(relationship));
    return true;
  }
}
