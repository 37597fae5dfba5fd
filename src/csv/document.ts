import type { Row } from '../decode/row.ts';
import { SinkError } from '../errors.ts';
import { type Errant, errantOf } from '../kafka/errant.ts';
import type { KafkaRecord } from '../kafka/record.ts';
import { isNullCell, type NullValues } from './cell.ts';
import { Columns } from './columns.ts';
import { type Draft, draftOf } from './draft.ts';
import { limits } from './limits.ts';

/** The one CSV of a flush: UTF-8, no byte order mark, LF, comma, RFC 4180 quoting. */
export interface CsvDocument {
  /** Header line and data lines, each ended by LF. */
  readonly text: string;
  /** The union of the rows' field names, sorted by code unit. */
  readonly header: readonly string[];
  /** `records[i]` is what data row `i` came from. A row is no text line: cells hold line breaks. */
  readonly records: readonly KafkaRecord[];
}

/** What the rows became. The document is null when no row is usable. */
export interface CsvBatch {
  readonly document: CsvDocument | null;
  readonly errants: readonly Errant[];
}

/** A lone empty cell is written `""`, since Salesforce would take an empty line for no row. */
function lineOf(cells: readonly string[]): string {
  return cells.length === 1 && cells[0] === '' ? '""\n' : `${cells.join(',')}\n`;
}

function checkHeader(header: readonly string[], line: string): void {
  if (line.length > limits.headerCharacters || header.length > limits.recordFields) {
    throw new SinkError(
      'HEADER_TOO_LONG',
      `The flush has ${header.length} columns and a header of ${line.length} characters; Salesforce takes ${limits.recordFields} and ${limits.headerCharacters}. Make the batch smaller, or send records with fewer different fields.`,
    );
  }
}

/** The places of the columns in the header: `places[column]`, for the columns that rows use. */
function placesOf(sorted: readonly { readonly column: number }[]): readonly number[] {
  const places: number[] = [];
  sorted.forEach(({ column }, place) => {
    places[column] = place;
  });
  return places;
}

function lineOfDraft({ columns, cells }: Draft, places: readonly number[], width: number): string {
  const line: string[] = new Array(width).fill('');
  for (let index = 0; index < cells.length; index++) {
    const place = places[columns[index] as number];
    if (place !== undefined) line[place] = cells[index] as string;
  }
  return lineOf(line);
}

/** The columns that a cell of these drafts fills. */
function usedColumns(drafts: readonly Draft[]): boolean[] {
  const used: boolean[] = [];
  for (const draft of drafts) for (const column of draft.columns) used[column] = true;
  return used;
}

/**
 * The columns that are no fields: `{"Account":null}` beside `{"Account":{"Ext__c":"X"}}` is a
 * relationship that is not there. A column `Account` would fail the whole job.
 */
function absentRelationships(drafts: readonly Draft[], columns: Columns): ReadonlySet<number> {
  const relationships = columns.relationships();
  if (relationships.size === 0) return relationships;
  const filled =
    (column: number) =>
    ({ columns, cells }: Draft) => {
      const cell = cells[columns.indexOf(column)];
      return cell !== undefined && !isNullCell(cell);
    };
  return new Set([...relationships].filter((column) => !drafts.some(filled(column))));
}

function writeDocument(drafts: readonly Draft[], columns: Columns): CsvDocument {
  const absent = absentRelationships(drafts, columns);
  const used = usedColumns(drafts).map((isUsed, column) => isUsed && !absent.has(column));
  const sorted = columns.sorted(used);
  const header = sorted.map(({ name }) => name);
  const headerLine = lineOf(header);
  checkHeader(header, headerLine);

  const places = placesOf(sorted);
  const lines = drafts.map((draft) => lineOfDraft(draft, places, header.length));
  const records = drafts.map(({ record }) => record);
  return { text: headerLine + lines.join(''), header, records };
}

/**
 * Builds the one document of a flush. A missing field is an empty cell. Rows that cannot be written
 * are errant. Throws `HEADER_TOO_LONG` when the union of all fields is more than Salesforce takes.
 */
export function writeCsv(rows: readonly Row[], nullValues: NullValues): CsvBatch {
  const settings = { columns: new Columns(), nullValues };
  const drafts: Draft[] = [];
  const errants: Errant[] = [];
  for (const row of rows) {
    try {
      drafts.push(draftOf(row, settings));
    } catch (error) {
      errants.push(errantOf(row.record, 'csv', error));
    }
  }
  const document = drafts.length === 0 ? null : writeDocument(drafts, settings.columns);
  return { document, errants };
}
