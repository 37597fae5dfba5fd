import { type FieldRules, Targets, undescribed } from '../cells/field-rules.ts';
import { limits } from '../cells/limits.ts';
import { unavailable } from '../cells/unavailable.ts';
import type { Config } from '../config/config.ts';
import { quotedLength } from '../csv/quote.ts';
import type { Row } from '../decode/decoded-record.ts';
import { type Errant, errantOf } from '../errant/errant-record.ts';
import { RecordError } from '../errors.ts';
import { withoutAbsentRelationships } from './absent-relationships.ts';
import { Columns } from './columns.ts';
import { type Draft, type DraftSettings, draftOf, usedColumns } from './row.ts';

/** What the rows of a flush became: each is in exactly one of the two lists. */
export interface DraftBatch {
  readonly drafts: readonly Draft[];
  readonly errants: readonly Errant[];
  /** What the drafts' columns are called. */
  readonly columns: Columns;
}

/**
 * Refuses a row that is nothing but absent relationships, and one whose line is too long: its
 * quotes count, and a comma for each column of the flush.
 */
function check({ cells }: Draft, width: number): void {
  if (cells.length === 0) {
    throw new RecordError('VALUE_WITHOUT_FIELDS', 'every field is a relationship that is null');
  }
  const characters = cells.reduce((sum, cell) => sum + quotedLength(cell), width - 1);
  if (characters <= limits.recordCharacters) return;
  const reason = `the record has ${characters} characters with its ${width} columns, Salesforce takes ${limits.recordCharacters}`;
  throw new RecordError('RECORD_TOO_LONG', reason);
}

/** How rows become drafts. */
export interface DraftsSettings extends Omit<DraftSettings, 'targets' | 'isUnavailable'> {
  /** The placeholder of values that the source did not send; left out or empty: there is none. */
  readonly unavailableValue?: string;
  /** With `send` nobody else will tell absent relationships from fields. */
  readonly unknownFields: Config['unknownFields'];
}

/** Writes the cells of every row by itself. A row that cannot be written is errant. */
export function draftsOf(
  rows: readonly Row[],
  settings: DraftsSettings,
  rules: FieldRules = undescribed,
): DraftBatch {
  const columns = new Columns();
  const targets = new Targets(columns, rules);
  const isUnavailable = unavailable(settings.unavailableValue ?? '');
  const errants: Errant[] = [];
  const made: Draft[] = [];
  const writing = { ...settings, targets, isUnavailable };
  for (const row of rows) {
    try {
      made.push(draftOf(row, writing));
    } catch (error) {
      errants.push(errantOf(row.record, 'csv', error));
    }
  }
  const isLast = settings.unknownFields === 'send';
  const whole = isLast ? withoutAbsentRelationships(made, columns) : made;
  const width = usedColumns(whole).filter(Boolean).length;
  const drafts = whole.filter((draft) => {
    try {
      check(draft, width);
      return true;
    } catch (error) {
      errants.push(...draft.records.map((record) => errantOf(record, 'csv', error)));
      return false;
    }
  });
  return { drafts, errants, columns };
}
