/**
 * A column of a table, beside its key `id`.
 *
 * `values` are a usual and an extreme one. `fields` are those that FIELD_MAP gives the column to,
 * each with what it must hold; null: the column is left out. All but the names are SQL.
 */
export interface Column {
  readonly name: string;
  readonly type: string;
  readonly values: readonly [usual: string, extreme: string];
  readonly fields: Readonly<Record<string, string>> | null;
}

/** A column; one without fields is left to UNKNOWN_FIELDS. */
export const column = (
  name: string,
  type: string,
  values: Column['values'],
  fields: Column['fields'] = null,
): Column => ({ name, type, values, fields });

/** A point in time as Salesforce holds it, in milliseconds. */
export const instant = (name: string): string =>
  `to_char(${name} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"+0000"')`;
