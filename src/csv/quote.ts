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

/** Writes cells as one record, all in quotes. Source: https://csv.js.org/stringify/options/quoted/. */
const inQuotes = (cells: readonly string[]): string =>
  stringify([[...cells]], { eof: false, quoted: true });

/**
 * The characters of one call of csv-stringify. A call for each cell would cost more than the cell. It
 * doubles quotes by adding one text to the next, and in long texts such additions outlive the youngest
 * generation of the heap, which takes several times as long (docs/PERFORMANCE.md).
 */
const callCharacters = 4096;

/** The end of the cells from `start` that fit into one call, at least one. */
function endOfCall(cells: readonly string[], start: number): number {
  let end = start;
  let characters = 0;
  do characters += (cells[end++] as string).length;
  while (end < cells.length && characters + (cells[end] as string).length <= callCharacters);
  return end;
}

/** Quotes a cell in pieces: without its quotes at both ends, the text of a piece is that of its part. */
function quotedInPieces(cell: string): string {
  const pieces: string[] = [];
  for (let start = 0; start < cell.length; start += callCharacters) {
    pieces.push(inQuotes([cell.slice(start, start + callCharacters)]).slice(1, -1));
  }
  return `"${pieces.join('')}"`;
}

/** Quotes cells in one call, and cuts each out of the record by its length. */
function quotedInOneCall(cells: readonly string[]): string[] {
  const text = inQuotes(cells);
  let start = 0;
  return cells.map((cell) => {
    const end = start + cell.length + 2 + quotesIn(cell);
    const quoted = text.slice(start, end);
    start = end + 1;
    return quoted;
  });
}

/** Quotes cells that need it, all by csv-stringify. */
export function quotedAll(cells: readonly string[]): string[] {
  const quoted: string[][] = [];
  for (let start = 0, end = 0; start < cells.length; start = end) {
    end = endOfCall(cells, start);
    const those = cells.slice(start, end);
    const [only = ''] = those;
    quoted.push(those.length === 1 ? [quotedInPieces(only)] : quotedInOneCall(those));
  }
  return quoted.flat();
}
