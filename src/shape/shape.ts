import type { Config } from '../config.ts';
import type { Row } from '../decode/row.ts';
import { mapFields } from './field-map.ts';

/** A delete takes the id and nothing else. Source: Bulk API 2.0 developer guide. */
function idAlone({ record, fields }: Row): Row {
  const name = Object.keys(fields).find((one) => one.toLowerCase() === 'id');
  return { record, fields: { Id: name === undefined ? null : (fields[name] ?? null) } };
}

/** Gives rows the fields that the sink is to write, under Salesforce's names. */
export function shape(
  rows: readonly Row[],
  { operation, fieldMap }: Pick<Config, 'operation' | 'fieldMap'>,
): readonly Row[] {
  const named = fieldMap.size === 0 ? rows : rows.map((row) => mapFields(row, fieldMap));
  const deletes = operation === 'delete' || operation === 'hardDelete';
  return deletes ? named.map(idAlone) : named;
}
