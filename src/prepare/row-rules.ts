import type { Config } from '../config/config.ts';
import type { Columns } from '../csv/columns.ts';
import { comparisonOf } from '../csv/comparable.ts';
import type { RowRules } from '../delivery/context.ts';
import { alreadyDone } from '../delivery/errors-meaning-done.ts';
import type { DescribedObject } from '../object/check-rows.ts';
import type { FieldDescription } from '../object/description.ts';
import { keyReader, keyText } from '../rows/key.ts';

/** How rows are compared and keyed; `described` is null where there is no description. */
export function rowRulesOf(
  columns: Columns,
  described: DescribedObject | null,
  config: Config,
): RowRules {
  const fieldOf = (name: string): FieldDescription | undefined =>
    described?.object.fields.get(name.toLowerCase());
  const { keyField: name } = config;
  const field = name === null ? undefined : fieldOf(name);
  const comparison = name?.toLowerCase() === 'id' ? 'id' : comparisonOf(field?.type);
  const compared = { comparison, caseSensitive: field?.caseSensitive ?? null };
  const isById = name === null || name.toLowerCase() === 'id';
  const lookedUp = { isNumber: comparison === 'number', keyText: keyText(compared) };
  const mergedBy = config.recordIdField === null ? name : null;
  return {
    columns,
    comparisonOf: (column) => comparisonOf(fieldOf(column)?.type),
    keyOf: keyReader(columns, { field: mergedBy, ...compared }),
    key: name === null ? null : { name, text: keyText(compared) },
    isDone: alreadyDone(config, described?.object ?? null),
    deletedBy: isById ? null : { field: name, ...lookedUp },
  };
}
