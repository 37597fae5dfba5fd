import type { Comparison } from '../../../../src/csv/comparable.ts';
import { keyText } from '../../../../src/rows/key.ts';
import type { IngestApi } from '../../../../src/salesforce/job/ingest-api.ts';
import type { EndState } from '../../../../src/salesforce/job/job-info.ts';
import type { ResultFile, ResultKind } from '../../../../src/salesforce/job/result-file.ts';
import { readResults } from '../../../../src/salesforce/result/read-results.ts';
import type {
  JobRows,
  RowResult,
  SentRows,
  SparseRow,
} from '../../../../src/salesforce/result/row-result.ts';

/** The filled cells of a row. */
export function sparse(cells: readonly string[]): SparseRow {
  const columns = [...cells.keys()].filter((column) => cells[column] !== '');
  return { columns, cells: columns.map((column) => cells[column] ?? '') };
}

/** Rows under a header; an empty cell is left out. */
export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A table of lines such as `a@x,Ann`. */
export const table = (header: string, ...rows: readonly string[]): Table => ({
  header: header.split(','),
  rows: rows.map((row) => row.split(',')),
});

export const lockError = 'UNABLE_TO_LOCK_ROW:unable to obtain exclusive access:--';

/** A result file; with an error, one of failed rows. */
export const fileOf = ({ header, rows }: Table, error = ''): ResultFile => ({
  header,
  rows: rows.map((cells) => ({ ...sparse(cells), error })),
});

/** How the rows of a job are distinguished. */
export interface Telling {
  /** How Salesforce compares the columns; those that are not named are unknown. */
  readonly comparisons?: Readonly<Record<string, Comparison>>;
  readonly key?: { readonly name: string; readonly comparison: Comparison };
}

/** The rows that a job was sent; unlike those of a result, they have cells that are empty. */
export function sentOf({ header, rows }: Table, { comparisons = {}, key }: Telling = {}): SentRows {
  const text = key === undefined ? null : keyText({ ...key, caseSensitive: false });
  return {
    rows: rows.map((cells) => ({ columns: [...cells.keys()], cells })),
    column: (column) => {
      const name = header[column] ?? '';
      return { name, comparison: comparisons[name] ?? 'unknown' };
    },
    key: key === undefined || text === null ? null : { name: key.name, text },
  };
}

/** A job that has ended so. */
export const jobOf = (state: EndState, processed: number | null, failed: number | null) => ({
  ...{ id: '750000000000001', state, processed, failed },
  ...{ errorMessage: null, waits: 0, tookMs: 0 },
});

/** What Salesforce did with rows; a kind that is left out has an empty file. */
export type Files = Readonly<Partial<Record<RowResult['kind'], Table>>>;

const kindOf: Readonly<Record<ResultKind, RowResult['kind']>> = {
  failedResults: 'failed',
  successfulResults: 'written',
  unprocessedrecords: 'unprocessed',
};

/** The files of a job whose rows have this header, and which of them were read. */
export function jobsWith(files: Files, header: readonly string[] = [], rowError = lockError) {
  const read: ResultKind[] = [];
  const results = async (_id: string, { kind }: { kind: ResultKind }): Promise<ResultFile> => {
    read.push(kind);
    const error = kind === 'failedResults' ? rowError : '';
    return fileOf(files[kindOf[kind]] ?? { header, rows: [] }, error);
  };
  return { read, jobs: { results } as unknown as IngestApi };
}

/** What became of rows by the files, each as its kind; and which files were read. */
export async function resultsOf(rows: JobRows, files: Files) {
  const { read, jobs } = jobsWith(files);
  const { results, ...rest } = await readResults(jobs, rows);
  return { kinds: results.map(({ kind }) => kind), results, ...rest, read };
}
