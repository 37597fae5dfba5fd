import { parse } from 'csv-parse/sync';
import type { CsvDocument } from '../../csv/document.ts';
import { SinkError } from '../../errors.ts';
import type { EndedJob } from '../job/follow.ts';
import type { ResultFile } from '../job/result-file.ts';
import { match, type Table } from './match.ts';
import { type RowError, rowErrorOf } from './row-error.ts';

/** What became of one row of a job. */
export type RowFate =
  | { readonly kind: 'written' }
  | { readonly kind: 'failed'; readonly error: RowError }
  | { readonly kind: 'unprocessed' };

/** A row that Salesforce refused and that is none of ours, as it stands in the results. */
export interface StrayRow {
  readonly header: readonly string[];
  readonly cells: readonly string[];
  readonly error: RowError;
}

/** What became of a job's rows. */
export interface JobFates {
  /** `fates[i]` is that of row `i` of the document. */
  readonly fates: readonly RowFate[];
  readonly strays: readonly StrayRow[];
}

/** A job that has ended, and the rows of it that are at hand. */
export interface JobRows {
  readonly job: EndedJob;
  /** All rows that the job was sent. */
  readonly sent: number;
  /** Those at hand: all, or, after a redelivery that was cut differently, some of them. */
  readonly document: CsvDocument;
  /** The column that tells rows apart; null: the whole row must be the same. */
  readonly key: string | null;
}

/** The result files that were read; null: not needed. */
export interface ResultFiles {
  readonly failed: ResultFile | null;
  readonly unprocessed: ResultFile | null;
  readonly successful: ResultFile | null;
}

/** Says whether the job wrote every row, so that nothing has to be read. */
export function allWritten({ job, sent }: Pick<JobRows, 'job' | 'sent'>): boolean {
  return job.state === 'JobComplete' && job.processed === sent && job.failed === 0;
}

/**
 * Says whether the rows in the files of failed and unprocessed rows, and those that Salesforce
 * counts as written, are all that were sent. Salesforce records nothing for rows beyond the org's
 * daily allowance; then only the file of successful rows tells.
 */
export function filesAddUp(rows: Pick<JobRows, 'job' | 'sent'>, files: ResultFiles): boolean {
  const { processed, failed } = rows.job;
  if (processed === null || failed === null) return false;
  const failedRows = files.failed?.rows.length ?? 0;
  const unprocessedRows = files.unprocessed?.rows.length ?? 0;
  return failedRows === failed && processed + unprocessedRows === rows.sent;
}

/** The rows at hand, as cells. */
function tableOf({ text, header }: CsvDocument): Table {
  const [, ...rows] = parse(text) as string[][];
  return { header, rows };
}

const tableOfFile = ({ header, rows }: ResultFile): Table => ({
  header,
  rows: rows.map(({ cells }) => cells),
});

/** Rows of which no file tells were not attempted, unless Salesforce counts more than the files. */
function checkNoneMissing({ job, sent }: JobRows, { failed, successful }: ResultFiles): void {
  const told = (failed?.rows.length ?? 0) + (successful?.rows.length ?? 0);
  if ((job.processed ?? 0) <= Math.min(told, sent)) return;
  throw new SinkError(
    'JOB_ROWS_MISSING',
    `Job ${job.id} processed ${job.processed} of ${sent} rows, but its results hold ${told}, so nobody can say what became of the others. Look at the job in Setup, Bulk Data Load Jobs. Kafka redelivers its records.`,
  );
}

/** Gives rows their fates, each row one. */
class Assignment {
  readonly fates: RowFate[];
  readonly strays: StrayRow[] = [];
  readonly #ours: Table;
  readonly #key: string | null;
  readonly #free: Set<number>;

  constructor(ours: Table, key: string | null, otherwise: RowFate) {
    this.#ours = ours;
    this.#key = key;
    this.fates = ours.rows.map(() => otherwise);
    this.#free = new Set(ours.rows.keys());
  }

  assign(file: ResultFile | null, fateOf: (row: ResultFile['rows'][number]) => RowFate): void {
    if (file === null) return;
    const theirs = tableOfFile(file);
    const places = match({ ours: this.#ours, theirs, free: this.#free, key: this.#key });
    file.rows.forEach((row, index) => {
      const place = places[index] ?? null;
      const fate = fateOf(row);
      if (place === null) {
        if (fate.kind === 'failed') this.strays.push({ header: file.header, ...row, ...fate });
        return;
      }
      this.#free.delete(place);
      this.fates[place] = fate;
    });
  }
}

/**
 * Gives each row at hand its fate. Where the successful rows were read, a row of which no file
 * tells was not attempted; otherwise it is written. Throws `JOB_ROWS_MISSING` when Salesforce says
 * that it attempted more rows than its files hold.
 */
export function fatesOf(rows: JobRows, files: ResultFiles): JobFates {
  if (files.successful !== null) checkNoneMissing(rows, files);
  const otherwise: RowFate = { kind: files.successful === null ? 'written' : 'unprocessed' };
  const assignment = new Assignment(tableOf(rows.document), rows.key, otherwise);
  const names = files.failed?.header ?? [];
  assignment.assign(files.failed, ({ error, cells }) => ({
    kind: 'failed',
    error: rowErrorOf({ error, cells, names }),
  }));
  assignment.assign(files.unprocessed, () => ({ kind: 'unprocessed' }));
  assignment.assign(files.successful, () => ({ kind: 'written' }));
  // A failed row of a record that is not at hand is looked for when that record comes.
  const absent = Math.max(0, rows.sent - rows.document.rows.length);
  const strays = assignment.strays.length > absent ? assignment.strays : [];
  return { fates: assignment.fates, strays };
}
