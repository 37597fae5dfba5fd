import { stringify } from 'csv-stringify/sync';

const needsQuotes = /[",\n]/;

/** The number of quotes in a cell. */
function quotesIn(cell: string): number {
  let count = 0;
  for (let at = cell.indexOf('"'); at !== -1; at = cell.indexOf('"', at + 1)) count++;
  return count;
}

/** Whether RFC 4180 requires quotes. */
export const isQuoted = (cell: string): boolean => needsQuotes.test(cell);

/** The length of a cell in the document. */
export const quotedLength = (cell: string): number =>
  isQuoted(cell) ? cell.length + 2 + quotesIn(cell) : cell.length;

/**
 * Quotes cells that need it, all in one call of csv-stringify: a call costs more than a cell
 * (docs/PERFORMANCE.md). Each is a record of one cell there, and is cut out by its length.
 * Source: https://csv.js.org/stringify/api/sync/ and its options `eof` and `record_delimiter`.
 */
export function quotedAll(cells: readonly string[]): string[] {
  if (cells.length === 0) return [];
  const records = cells.map((cell) => [cell]);
  const text = stringify(records, { eof: false, record_delimiter: '\n' });
  let start = 0;
  return cells.map((cell) => {
    const end = start + cell.length + 2 + quotesIn(cell);
    const quoted = text.slice(start, end);
    start = end + 1;
    return quoted;
  });
}
