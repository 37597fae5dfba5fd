const needsQuotes = /[",\n]/;

/**
 * Quotes a cell where RFC 4180 asks for it. Our own line and no library's: csv-stringify's
 * bookkeeping for each cell took longer than all the rest from event to CSV
 * (docs/PERFORMANCE.md). The tests hold it against csv-stringify and csv-parse.
 */
export function quoted(cell: string): string {
  return needsQuotes.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** The text of a cell that `quoted` has written. */
export function unquoted(cell: string): string {
  return cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
}
