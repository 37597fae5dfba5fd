import type { Config } from '../config/config.ts';
import { Columns, usedColumns } from '../csv/columns.ts';
import { limits } from '../csv/limits.ts';
import { quotedLength } from '../csv/quote.ts';
import type { DecodedRecord } from '../decode/decoded-record.ts';
import { unavailableTest } from '../decode/unavailable-value.ts';
import { type ErrantRecord, toErrantRecord } from '../kafka/errant-record.ts';
import { RecordError } from '../record-error.ts';
import { withoutAbsentRelationships } from './absent-relationships.ts';
import { FilledColumns, type RowSettings } from './cells.ts';
import { acceptAllFields, FieldColumns, type FieldRules } from './field-rules.ts';
import { LongestRow } from './longest-row.ts';
import { type Row, rowOf } from './row.ts';
import { LastShape } from './row-shape.ts';

/** The rows of a flush. Each decoded record is in exactly one of the two lists. */
export interface BuiltRows {
  readonly rows: readonly Row[];
  readonly errants: readonly ErrantRecord[];
  /** The columns of the rows. */
  readonly columns: Columns;
}

/**
 * Throws for a row without cells, and for one whose line is too long, counting quotes and a comma
 * for each column of the flush.
 */
function check({ cells }: Row, width: number): void {
  if (cells.length === 0) {
    throw new RecordError(
      'VALUE_WITHOUT_FIELDS',
      'every field of the record is a relationship that is null',
    );
  }
  const characters = cells.reduce((sum, cell) => sum + quotedLength(cell), width - 1);
  if (characters <= limits.recordCharacters) return;
  const reason = `the record has ${characters} characters in ${width} columns, and Salesforce takes ${limits.recordCharacters} at most`;
  throw new RecordError('RECORD_TOO_LONG', reason);
}

/** The settings of `buildRows`. */
export interface BuildSettings extends Pick<RowSettings, 'nullValues' | 'recordIdField'> {
  /**
   * Debezium's placeholder of values that it did not send; undefined or empty when there is none.
   */
  readonly unavailableValue?: string;
  /** With `send` the object is not described, so absent relationships are removed here. */
  readonly unknownFields: Config['unknownFields'];
}

/** Creates the row of each decoded record. A record with an invalid cell is errant. */
export function buildRows(
  decoded: readonly DecodedRecord[],
  settings: BuildSettings,
  rules: FieldRules = acceptAllFields,
): BuiltRows {
  const columns = new Columns();
  const fieldColumns = new FieldColumns(columns, rules);
  const isUnavailable = unavailableTest(settings.unavailableValue ?? '');
  const errants: ErrantRecord[] = [];
  const built: Row[] = [];
  const shape = new LastShape(
    fieldColumns,
    settings.nullValues,
    settings.recordIdField === null ? 0 : 1,
  );
  const filled = new FilledColumns();
  const longest = new LongestRow();
  const rowSettings = { ...settings, fieldColumns, shape, filled, longest, isUnavailable };
  for (const record of decoded) {
    try {
      built.push(rowOf(record, rowSettings));
    } catch (error) {
      errants.push(toErrantRecord(record.record, 'csv', error));
    }
  }
  const isUndescribed = settings.unknownFields === 'send';
  const candidates = isUndescribed ? withoutAbsentRelationships(built, columns) : built;
  const width = usedColumns(candidates).filter(Boolean).length;
  // A row that was built has cells.
  if (candidates === built && longest.characters + width <= limits.recordCharacters) {
    return { rows: built, errants, columns };
  }
  const rows = candidates.filter((row) => {
    try {
      check(row, width);
      return true;
    } catch (error) {
      errants.push(...row.records.map((record) => toErrantRecord(record, 'csv', error)));
      return false;
    }
  });
  return { rows, errants, columns };
}
