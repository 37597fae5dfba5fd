import type { Config } from '../config/config.ts';
import type { DecodedRecord } from '../decode/decoded-record.ts';
import { type ErrantRecord, toErrantRecord } from '../kafka/errant-record.ts';
import { mapFields } from './field-map.ts';
import { withoutMetadata } from './metadata.ts';

/** Rows with the fields that the sink is to write, and the records that cannot have them. */
export interface MappedRecords {
  readonly records: readonly DecodedRecord[];
  readonly errants: readonly ErrantRecord[];
}

/** A delete takes the id and nothing else. Source: Bulk API 2.0 developer guide. */
function idAlone({ record, fields }: DecodedRecord): DecodedRecord {
  const name = Object.keys(fields).find((one) => one.toLowerCase() === 'id');
  return { record, fields: { Id: name === undefined ? null : (fields[name] ?? null) } };
}

/** Gives rows the fields that the sink is to write, under Salesforce's names. */
export function mapRecords(
  rows: readonly DecodedRecord[],
  { operation, fieldMap }: Pick<Config, 'operation' | 'fieldMap'>,
): MappedRecords {
  const deletes = operation === 'delete' || operation === 'hardDelete';
  const errants: ErrantRecord[] = [];
  const shaped = rows.flatMap((row) => {
    try {
      const bare = withoutMetadata(row, fieldMap);
      const named = fieldMap.size === 0 ? bare : mapFields(bare, fieldMap);
      return [deletes ? idAlone(named) : named];
    } catch (error) {
      errants.push(toErrantRecord(row.record, 'shape', error));
      return [];
    }
  });
  return { records: shaped, errants };
}
