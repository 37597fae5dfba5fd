import { Columns } from '../../../src/csv/columns.ts';
import type { KafkaRecord } from '../../../src/kafka/record.ts';
import { mergeRows } from '../../../src/rows/merge.ts';
import type { Row } from '../../../src/rows/row.ts';
import type { RowError } from '../../../src/salesforce/result/row-error.ts';
import type { RowResult } from '../../../src/salesforce/result/row-result.ts';

/** The columns of the rows here: 0 is the key, 1 what the row says. */
export const columns = new Columns();
columns.of('Key__c');
columns.of('Title');

/** A record of topic `t`. */
export const recordAt = (offset: number, partition = 0): KafkaRecord => ({
  ...{ topic: 't', partition, offset, timestamp: 7, key: null, value: null, headers: [] },
});

/** A row of one record, by what it says. */
export const rowAt = (offset: number, title = `title ${offset}`, key = 'K'): Row => ({
  ...{ records: [recordAt(offset)], parts: [], columns: [0, 1], cells: [key, title] },
});

/** A row that was merged from others. */
export const mergedRow = (...rows: readonly [Row, ...Row[]]): Row => mergeRows(rows, columns);

/** The offsets of a row's records. */
export const offsetsIn = ({ records }: Row): number[] => records.map(({ offset }) => offset);

/** An error whose message quotes a value. */
export const errorOf = (code: string): RowError => ({
  ...{ code, message: `${code} of 'secret'`, redactedMessage: `${code} of …` },
});

/** The result of a row that was refused with a code. */
export const failed = (code: string): RowResult => ({ kind: 'failed', error: errorOf(code) });
