import { SinkError } from '../errors.ts';
import { isNullCell } from './cell.ts';
import type { Columns } from './columns.ts';
import type { Draft } from './draft.ts';
import { limits } from './limits.ts';

/** The CSV of one job: UTF-8, no byte order mark, LF, comma, RFC 4180 quoting. */
export interface CsvDocument {
  /** Header line and data lines, each ended by LF. */
  readonly text: string;
  /** The union of the rows' field names, sorted by code unit. */
  readonly header: readonly string[];
  /** `rows[i]` is data row `i`. A row is no text line: cells hold line breaks. */
  readonly rows: readonly Draft[];
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

/**
 * Writes rows, at least one, under the header that they need; a missing field is an empty cell.
 * Throws `HEADER_TOO_LONG` when the union of all fields is more than Salesforce takes.
 */
export function documentOf(rows: readonly Draft[], columns: Columns): CsvDocument {
  const absent = absentRelationships(rows, columns);
  const used = usedColumns(rows).map((isUsed, column) => isUsed && !absent.has(column));
  const sorted = columns.sorted(used);
  const header = sorted.map(({ name }) => name);
  const headerLine = lineOf(header);
  checkHeader(header, headerLine);

  const places = placesOf(sorted);
  const lines = rows.map((row) => lineOfDraft(row, places, header.length));
  return { text: headerLine + lines.join(''), header, rows };
}
