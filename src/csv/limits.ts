/**
 * Salesforce's limits of one record and one header, in characters (UTF-16 code units).
 * Source: Salesforce app limits cheat sheet, "Bulk API and Bulk API 2.0 Limits".
 */
export const limits = {
  fieldCharacters: 131_072,
  recordCharacters: 400_000,
  recordFields: 5_000,
  headerCharacters: 32_000,
  /**
   * The limit of a job's data in bytes, which Salesforce converts to base64.
   * Source: Bulk API 2.0 developer guide, "Upload Job Data".
   */
  documentBytes: 100_000_000,
  /**
   * The limit of a job's cells, empty ones included: what fits into 512 MB of memory with results
   * in which every row is rejected (`test/e2e/memory.test.ts`).
   */
  cells: 30_000_000,
} as const;
