import { type CsvDocument, documentOf } from '../../src/csv/document.ts';
import type { Fields } from '../../src/decode/decoded-record.ts';
import { buildRows } from '../../src/rows/build-rows.ts';

/** The document of rows with these fields, whose records are those of partition 0 from offset 0 on. */
export function documentOfFields(values: readonly Fields[]): CsvDocument {
  const records = values.map((fields, offset) => {
    const record = {
      topic: 'contacts',
      partition: 0,
      offset,
      timestamp: 1_700_000_000_000 + offset,
    };
    return { record: { ...record, key: null, value: null, headers: [] }, fields };
  });
  const { rows, columns } = buildRows(records, {
    nullValues: 'empty',
    recordIdField: null,
    unknownFields: 'send',
  });
  return documentOf(rows, columns);
}
