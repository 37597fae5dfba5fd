/**
 * What Salesforce takes in one record and one header, in characters (UTF-16 units).
 * Source: Salesforce app limits cheat sheet, "Bulk API and Bulk API 2.0 Limits".
 */
export const limits = {
  fieldCharacters: 131_072,
  recordCharacters: 400_000,
  recordFields: 5_000,
  headerCharacters: 32_000,
  /**
   * Of all rows together, empty ones among them: what 512 MB of memory are enough for, with results
   * in which every row is refused (`test/e2e/memory.test.ts`).
   */
  cells: 30_000_000,
} as const;
