import { SinkError } from '../../errors.ts';
import type { Assignment, UnassignedResult } from './assignment.ts';
import type { JobResults, JobRows, RowResult } from './row-result.ts';

/** The results, with those of the rows that no file tells of. */
export function withDefault(assignment: Assignment, rest: RowResult, elsewhere = 0): JobResults {
  return withLeft(assignment, assignment.left, { rest, elsewhere });
}

/** The same, with the rows of the files that are left over, and how many are in no file at all. */
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

/** The error of a job whose results do not tell of all its rows. */
export function missingRows({ job, sent }: JobRows, what: string): SinkError {
  return new SinkError(
    'JOB_ROWS_MISSING',
    `Job ${job.id} was sent ${sent} rows, ${what}. Look at the job in Setup, Bulk Data Load Jobs. Kafka redelivers its records.`,
  );
}

/** Whether nothing tells one result from the other. */
const isSame = (one: RowResult, other: RowResult): boolean =>
  one.kind === 'failed'
    ? other.kind === 'failed' && one.error.code === other.error.code
    : one.kind === other.kind;

/** Whether nothing tells one of these results from the others. */
export const areSame = ([first, ...others]: readonly RowResult[]): boolean =>
  first === undefined || others.every((other) => isSame(other, first));

/** The error of rows at hand of which nobody can say what became of them. */
export function ambiguousResults(rows: JobRows, { left, free }: Assignment): SinkError {
  return missingRows(
    rows,
    `and its results hold ${left.length} that match none of the ${free.length} that are still open, so nobody can say what became of those`,
  );
}

/**
 * Settles by elimination the rows that no row of the files is like. They are rows that nobody
 * attempted, if as many are in no file. Else some of them are in the files in a form that is not
 * known: they get the result of the rows that are left, if that is one and the same for all.
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
