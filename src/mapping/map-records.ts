import type { Config } from '../config/config.ts';
import { isDelete } from '../config/settings.ts';
import type { DecodedRecord } from '../decode/decoded-record.ts';
import { type ErrantRecord, toErrantRecord } from '../kafka/errant-record.ts';
import { RecordError } from '../record-error.ts';
import { mapFields } from './field-map.ts';
import { withoutMetadata } from './metadata.ts';

/** Records with the fields to write. Each record is in exactly one of the lists. */
export interface MappedRecords {
  readonly records: readonly DecodedRecord[];
  readonly errants: readonly ErrantRecord[];
}

/** A delete job takes the id only. Source: Bulk API 2.0 developer guide. */
function keepOnlyId({ record, fields }: DecodedRecord): DecodedRecord {
  const name = Object.keys(fields).find((key) => key.toLowerCase() === 'id');
  return { record, fields: { Id: name === undefined ? null : (fields[name] ?? null) } };
}

const updateInInsert = (): RecordError =>
  new RecordError(
    'UPDATE_NEEDS_UPSERT',
    'the change event updates a row, and an insert sink would create it once more; set SALESFORCE_OPERATION=upsert with an external id field',
  );

/** Renames the fields of records to Salesforce's names and omits those that are not written. */
export function mapRecords(
  decoded: readonly DecodedRecord[],
  { operation, recordIdField, fieldMap }: Pick<Config, 'operation' | 'recordIdField' | 'fieldMap'>,
): MappedRecords {
  const deletes = isDelete(operation);
  const inserts = operation === 'insert' || recordIdField !== null;
  const errants: ErrantRecord[] = [];
  const records: DecodedRecord[] = [];
  for (const record of decoded) {
    try {
      if (inserts && record.isUpdate) throw updateInInsert();
      const data = withoutMetadata(record, fieldMap);
      const mapped = fieldMap.size === 0 ? data : mapFields(data, fieldMap);
      records.push(deletes ? keepOnlyId(mapped) : mapped);
    } catch (error) {
      errants.push(toErrantRecord(record.record, 'mapping', error));
    }
  }
  return { records, errants };
}
