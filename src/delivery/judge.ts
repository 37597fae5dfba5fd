import type { Columns } from '../csv/columns.ts';
import { documentOf } from '../csv/document.ts';
import type { Draft } from '../csv/draft.ts';
import type { Errant } from '../kafka/errant.ts';
import type { RecordOrigin } from '../kafka/record.ts';
import type { EndedJob } from '../salesforce/job/follow.ts';
import { failureOf } from '../settle/failure.ts';
import { sortRows } from '../settle/sort-rows.ts';
import type { Moment } from '../settle/verdict.ts';
import type { Delivered, DeliveryParts } from './delivery-parts.ts';

/** A job that has ended and its rows that are at hand. */
export interface EndedRows {
  readonly job: EndedJob;
  /** At least one. */
  readonly rows: readonly Draft[];
  readonly columns: Columns;
  /** All rows that the job was sent. */
  readonly sent: number;
  /** When what is known of a row, and whether it may hide records that are not at hand. */
  readonly standing: (row: Draft) => { readonly moment: Moment; readonly hidesOthers: boolean };
  /** The records of which this job says what became of them, and no later one. */
  readonly owned: ReadonlySet<RecordOrigin>;
}

/** What is to be done about the rows that the job did not write. */
export interface Judged {
  readonly again: readonly Draft[];
  readonly errants: readonly Errant[];
  readonly strays: Delivered['strays'];
}

/**
 * Reads what became of a job's rows and judges them. Throws `JOB_ROWS_FAILED`, `JOB_ROWS_MISSING`,
 * `JOB_FAILED` or `JOB_ABORTED` when some of them must fail the flush, and as `Org.fates` does.
 */
export async function judge({ config, org }: DeliveryParts, ended: EndedRows): Promise<Judged> {
  const { job, rows, columns, sent, standing, owned } = ended;
  const { keyField: key, errorsTolerance: tolerance } = config;
  const document = documentOf(rows, columns);
  const { fates, strays } = await org.fates({ job, sent, document, key });
  const isMine = ({ records }: Draft) => records.some((record) => owned.has(record));
  const fated = rows.map((row, index) => ({
    row,
    fate: fates[index] ?? ({ kind: 'unprocessed' } as const),
    ...standing(row),
  }));
  const mine = fated.filter(({ row }) => isMine(row));
  const sorted = sortRows(mine, { jobId: job.id, tolerance });
  const strayErrors = tolerance === 'none' ? strays.map(({ error }) => error.told) : [];
  const refused = [...sorted.refused, ...strayErrors];
  const failure = failureOf(job, sent, { ...sorted, refused });
  if (failure !== null) throw failure;
  return {
    again: sorted.again.filter(isMine),
    errants: sorted.errants.filter(({ record }) => owned.has(record)),
    strays: strays.map((stray) => ({ ...stray, jobId: job.id })),
  };
}
