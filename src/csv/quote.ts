const needsQuotes = /[",\n]/;

/**
 * Quotes a cell where RFC 4180 asks for it. Our own line and no library's: csv-stringify's
 * bookkeeping for each cell took longer than all the rest from event to CSV
 * (docs/PERFORMANCE.md). The tests hold it against csv-stringify and csv-parse.
 */
export function quoted(cell: string): string {
  return needsQuotes.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** How many characters `quoted` makes of a cell. */
export function quotedLength(cell: string): number {
  if (!needsQuotes.test(cell)) return cell.length;
  return cell.length + 2 + (cell.split('"').length - 1);
}
