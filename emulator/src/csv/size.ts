import type { CsvDocument } from './document.ts';

/** Sizes of a file (limits cheat sheet, "Bulk API 2.0 ingest"), in characters and fields. */
const LIMITS = { header: 32_000, fields: 5_000, row: 400_000, cell: 131_072 } as const;

/** What exceeds the size limits of an org, or null. assumption: oversized-data. */
export function findOversize(document: CsvDocument): string | null {
  if (document.headerText.length > LIMITS.header) {
    return `The header has more than ${LIMITS.header} characters`;
  }
  if (document.header.length > LIMITS.fields) {
    return `A record has more than ${LIMITS.fields} fields`;
  }
  for (const row of document.rows) {
    if (row.raw.length > LIMITS.row) return `A record has more than ${LIMITS.row} characters`;
    if (row.raw.length > LIMITS.cell && row.cells.some((cell) => cell.length > LIMITS.cell)) {
      return `A field has more than ${LIMITS.cell} characters`;
    }
  }
  return null;
}
