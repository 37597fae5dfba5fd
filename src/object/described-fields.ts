import type { Config } from '../config/config.ts';
import { type FieldForm, formOf } from '../csv/cell.ts';
import { isFieldName } from '../csv/field-name.ts';
import type { FieldRules } from '../rows/field-rules.ts';
import { type Checked, checkColumn } from './check-column.ts';

/** Longer names are cut in the log. */
const longestToldName = 60;

/** A name for the log; behind a relationship it may be the key of a map, which is data. */
function toldName(name: string): string {
  if (isFieldName(name)) return name;
  const dot = name.indexOf('.');
  const shownName = dot === -1 ? name : `${name.slice(0, dot)}.…`;
  return shownName.length > longestToldName ? `${shownName.slice(0, longestToldName)}…` : shownName;
}

/** The fields that a description knows, and what is left out because it does not. */
export class DescribedFields implements FieldRules {
  /** Names of fields and objects that were left out, with `UNKNOWN_FIELDS=drop`. */
  readonly dropped = new Set<string>();
  readonly #checked: Checked;
  readonly #drops: boolean;

  constructor(checked: Checked, { unknownFields }: Pick<Config, 'unknownFields'>) {
    this.#checked = checked;
    this.#drops = unknownFields === 'drop';
  }

  /** What a field is called and holds says nothing as long as it is left out. */
  formOf(name: string): FieldForm | null {
    const { object } = this.#checked;
    // A relationship may be null; what is no null under its name is refused later.
    const isKnown = object.relationships.has(name.toLowerCase()) || !this.#drops;
    if (isKnown || this.#isWritten(name))
      return formOf(object.fields.get(name.toLowerCase())?.type);
    this.dropped.add(toldName(name));
    return null;
  }

  #isWritten(name: string): boolean {
    return isFieldName(name) && 'name' in checkColumn(name, this.#checked);
  }

  leavesOut(relationship: string): boolean {
    if (!this.#drops) return false;
    const [name = ''] = relationship.toLowerCase().split(':').slice(-1);
    if (this.#checked.object.relationships.has(name)) return false;
    this.dropped.add(toldName(relationship));
    return true;
  }
}
