import type { Config } from '../config/config.ts';
import { Columns, usedColumns } from '../csv/columns.ts';
import { limits } from '../csv/limits.ts';
import { quotedLength } from '../csv/quote.ts';
import { unavailable } from '../csv/unavailable.ts';
import type { DecodedRecord } from '../decode/decoded-record.ts';
import { RecordError } from '../errors.ts';
import { type ErrantRecord, toErrantRecord } from '../kafka/errant-record.ts';
import { withoutAbsentRelationships } from './absent-relationships.ts';
import { type FieldRules, Targets, undescribed } from './field-rules.ts';
import { type Row, type RowSettings, rowOf } from './row.ts';

/** The rows of a flush: each decoded record is in exactly one of the two lists. */
export interface BuiltRows {
  readonly rows: readonly Row[];
  readonly errants: readonly ErrantRecord[];
  /** What the rows' columns are called. */
  readonly columns: Columns;
}

/**
 * Refuses a row that is nothing but absent relationships, and one whose line is too long: its
 * quotes count, and a comma for each column of the flush.
 */
function check({ cells }: Row, width: number): void {
  if (cells.length === 0) {
    throw new RecordError('VALUE_WITHOUT_FIELDS', 'every field is a relationship that is null');
  }
  const characters = cells.reduce((sum, cell) => sum + quotedLength(cell), width - 1);
  if (characters <= limits.recordCharacters) return;
  const reason = `the record has ${characters} characters with its ${width} columns, Salesforce takes ${limits.recordCharacters}`;
  throw new RecordError('RECORD_TOO_LONG', reason);
}

/** How decoded records become rows. */
export interface BuildSettings extends Omit<RowSettings, 'targets' | 'isUnavailable'> {
  /** The placeholder of values that the source did not send; left out or empty: there is none. */
  readonly unavailableValue?: string;
  /** With `send` nobody else will tell absent relationships from fields. */
  readonly unknownFields: Config['unknownFields'];
}

/** Writes the cells of each decoded record. One whose cells cannot be written is errant. */
export function buildRows(
  decoded: readonly DecodedRecord[],
  settings: BuildSettings,
  rules: FieldRules = undescribed,
): BuiltRows {
  const columns = new Columns();
  const targets = new Targets(columns, rules);
  const isUnavailable = unavailable(settings.unavailableValue ?? '');
  const errants: ErrantRecord[] = [];
  const built: Row[] = [];
  const writing = { ...settings, targets, isUnavailable };
  for (const one of decoded) {
    try {
      built.push(rowOf(one, writing));
    } catch (error) {
      errants.push(toErrantRecord(one.record, 'csv', error));
    }
  }
  const isLast = settings.unknownFields === 'send';
  const whole = isLast ? withoutAbsentRelationships(built, columns) : built;
  const width = usedColumns(whole).filter(Boolean).length;
  const rows = whole.filter((row) => {
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
