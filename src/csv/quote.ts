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
 * The characters of one call of csv-stringify. It doubles quotes by adding one text to the next, and in
 * long texts such additions outlive the youngest generation of the heap, which takes several times as long
 * (docs/PERFORMANCE.md).
 */
const callCharacters = 4096;

/** A text with its quotes doubled. Source: https://csv.js.org/stringify/options/quoted/. */
function doubled(text: string): string {
  const pieces: string[] = [];
  for (let start = 0; start < text.length; start += callCharacters) {
    const piece = text.slice(start, start + callCharacters);
    pieces.push(stringify([[piece]], { eof: false, quoted: true }).slice(1, -1));
  }
  return pieces.join('');
}

/** The end of the cells from `start` that are quoted together, at least one. */
function endOfGroup(cells: readonly string[], start: number): number {
  let end = start;
  let characters = 0;
  do characters += (cells[end++] as string).length;
  while (end < cells.length && characters + (cells[end] as string).length <= callCharacters);
  return end;
}

/**
 * Quotes cells that need it, all by csv-stringify, many as one: a call for each cell, or a cell of a record
 * for each, would cost more than the cell. Each is cut out of the whole text by its length.
 */
export function quotedAll(cells: readonly string[]): string[] {
  const quoted: string[] = [];
  while (quoted.length < cells.length) {
    const group = cells.slice(quoted.length, endOfGroup(cells, quoted.length));
    const text = doubled(group.join(''));
    let start = 0;
    for (const cell of group) {
      // A long text is a group of its own, and its quotes, which may be many, need not be counted.
      const end = group.length === 1 ? text.length : start + cell.length + quotesIn(cell);
      quoted.push(`"${text.slice(start, end)}"`);
      start = end;
    }
  }
  return quoted;
}
