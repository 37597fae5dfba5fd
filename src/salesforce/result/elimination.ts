import { SinkError } from '../../errors.ts';
import type { Assignment, UnassignedResult } from './assignment.ts';
import type { JobResults, JobRows, RowResult } from './row-result.ts';

/** The results of rows which all have the same. */
export function allAre(result: RowResult, { rows }: Pick<JobRows, 'rows'>): JobResults {
  return { results: rows.map(() => result), unmatched: [], unmatchedUnprocessed: 0 };
}

/** The results, with `rest` for the rows that have none. */
export function withDefault(assignment: Assignment, rest: RowResult, elsewhere = 0): JobResults {
  return withLeft(assignment, assignment.left, { rest, elsewhere });
}

/** The same, with the unassigned rows of the files, and the number of rows in no file. */
function withLeft(
  { results }: Assignment,
  left: readonly UnassignedResult[],
  { rest, elsewhere }: { readonly rest: RowResult; readonly elsewhere: number },
): JobResults {
  return {
    results: results.map((result) => result ?? rest),
    unmatched: left.flatMap(({ file, row, result }) =>
      result.kind === 'failed' ? [{ header: file.header, row, error: result.error }] : [],
    ),
    unmatchedUnprocessed:
      elsewhere + left.filter(({ result }) => result.kind === 'unprocessed').length,
  };
}

/** The error of a job whose results do not cover all its rows. */
export function missingRows({ job, sent }: JobRows, what: string): SinkError {
  return new SinkError(
    'JOB_ROWS_MISSING',
    `Job ${job.id} was sent ${sent} rows, ${what}. Check the job in Setup, Bulk Data Load Jobs. Kafka redelivers its records.`,
  );
}

/** Whether two results lead to the same decision. */
const isSame = (one: RowResult, other: RowResult): boolean =>
  one.kind === 'failed'
    ? other.kind === 'failed' && one.error.code === other.error.code
    : one.kind === other.kind;

/** Whether all of these results lead to the same decision. */
export const areSame = ([first, ...others]: readonly RowResult[]): boolean =>
  first === undefined || others.every((other) => isSame(other, first));

/** The error of sent rows whose results are ambiguous. */
export function ambiguousResults(rows: JobRows, { left, free }: Assignment): SinkError {
  return missingRows(
    rows,
    `and its results hold ${left.length} that match none of the ${free.length} without a result, so the outcome of those is unknown`,
  );
}

/**
 * Decides by elimination the sent rows that equal no row of the files. They are unprocessed if as many
 * rows are in no file. Otherwise some of them are in the files in an unknown form: they get the result
 * of the unassigned rows, if that is the same for all. Throws `JOB_ROWS_MISSING` otherwise.
 */
export function eliminate(rows: JobRows, assignment: Assignment, inNone: number): JobResults {
  const { free, left } = assignment;
  const open = free.length;
  if (open <= inNone) {
    return withDefault(assignment, { kind: 'unprocessed' }, inNone - open);
  }
  const [first] = left;
  if (inNone === 0 && first !== undefined && areSame(left.map(({ result }) => result))) {
    free.forEach((row, index) => {
      assignment.assign(row, left[index]?.result ?? first.result);
    });
    return withLeft(assignment, left.slice(open), { rest: first.result, elsewhere: 0 });
  }
  throw ambiguousResults(rows, assignment);
}
