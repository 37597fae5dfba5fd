import type { Config } from '../config/config.ts';
import type { Row } from '../decode/decoded-record.ts';
import { type Errant, errantOf } from '../errant/errant-record.ts';
import { mapFields } from './field-map.ts';
import { withoutMetadata } from './metadata.ts';

/** Rows with the fields that the sink is to write, and the records that cannot have them. */
export interface ShapedRows {
  readonly rows: readonly Row[];
  readonly errants: readonly Errant[];
}

/** A delete takes the id and nothing else. Source: Bulk API 2.0 developer guide. */
function idAlone({ record, fields }: Row): Row {
  const name = Object.keys(fields).find((one) => one.toLowerCase() === 'id');
  return { record, fields: { Id: name === undefined ? null : (fields[name] ?? null) } };
}

/** Gives rows the fields that the sink is to write, under Salesforce's names. */
export function shape(
  rows: readonly Row[],
  { operation, fieldMap }: Pick<Config, 'operation' | 'fieldMap'>,
): ShapedRows {
  const deletes = operation === 'delete' || operation === 'hardDelete';
  const errants: Errant[] = [];
  const shaped = rows.flatMap((row) => {
    try {
      const bare = withoutMetadata(row, fieldMap);
      const named = fieldMap.size === 0 ? bare : mapFields(bare, fieldMap);
      return [deletes ? idAlone(named) : named];
    } catch (error) {
      errants.push(errantOf(row.record, 'shape', error));
      return [];
    }
  });
  return { rows: shaped, errants };
}
