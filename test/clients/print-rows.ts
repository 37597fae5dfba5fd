/** A row of a results file by column. */
export type Row = Readonly<Record<string, string>>;

/** The rows of a job by what became of them, in the names of jsforce and the Salesforce CLI. */
export interface Rows {
  readonly successfulResults: readonly Row[];
  readonly failedResults: readonly Row[];
  readonly unprocessedRecords: readonly Row[];
}

/** Prints a line. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Prints what became of the rows of a job; the ids of the successful ones. */
export function printRows(operation: string, rows: Rows): string[] {
  const { successfulResults: saved, failedResults: failed, unprocessedRecords } = rows;
  print(`${operation}: ${saved.length + failed.length} processed, ${failed.length} failed`);
  for (const row of failed) print(`  ${row['sf__Error']}`);
  const lines = saved.map(
    (row) => `  ${row['LastName'] ?? 'a contact'}, created: ${row['sf__Created']}`,
  );
  for (const line of lines.toSorted()) print(line);
  for (const row of unprocessedRecords) print(`  ${row['LastName']}, not attempted`);
  return saved.map((row) => row['sf__Id'] ?? '');
}
