import { stringify } from 'csv-stringify/sync';

const needsQuotes = /[",\n]/;

/**
 * Quotes a cell where RFC 4180 asks for it. csv-stringify writes what needs quotes, and nothing
 * else: its bookkeeping for each call costs more than all the rest of a cell, and few cells need it
 * (docs/PERFORMANCE.md).
 * Source: https://csv.js.org/stringify/api/sync/ and its options `eof` and `record_delimiter`.
 */
export function quoted(cell: string): string {
  if (!needsQuotes.test(cell)) return cell;
  return stringify([[cell]], { eof: false, record_delimiter: '\n' });
}

/** How many characters `quoted` makes of a cell. */
export function quotedLength(cell: string): number {
  if (!needsQuotes.test(cell)) return cell.length;
  return cell.length + 2 + (cell.split('"').length - 1);
}
