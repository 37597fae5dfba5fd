import { stringify } from 'csv-stringify/sync';

const needsQuotes = /[",\n]/;

/**
 * Quotes a cell if RFC 4180 requires it. csv-stringify is only called for such cells, which are
 * few, since a call costs more than the rest of a cell's work (docs/PERFORMANCE.md).
 * Source: https://csv.js.org/stringify/api/sync/ and its options `eof` and `record_delimiter`.
 */
export function quoted(cell: string): string {
  if (!needsQuotes.test(cell)) return cell;
  return stringify([[cell]], { eof: false, record_delimiter: '\n' });
}

/** The length of `quoted(cell)`. */
export function quotedLength(cell: string): number {
  if (!needsQuotes.test(cell)) return cell.length;
  return cell.length + 2 + (cell.split('"').length - 1);
}
