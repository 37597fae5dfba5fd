import type { CsvDocument, CsvFormat } from '../csv/document.ts';
import type { ObjectDescription } from '../object/description.ts';
import type { Column } from '../row/column.ts';

/** Operations of ingest jobs (guide, "Create a Job"), without those of marketing objects. */
export const OPERATIONS = ['insert', 'update', 'upsert', 'delete', 'hardDelete'] as const;

/** What a job does with its rows. */
export type Operation = (typeof OPERATIONS)[number];

/** State of a job (guide, "Get Information About an Ingest Job"). */
export type JobState =
  | 'Open'
  | 'UploadComplete'
  | 'InProgress'
  | 'JobComplete'
  | 'Failed'
  | 'Aborted';

/** The result of a row. */
export type RowResult =
  | { readonly kind: 'saved'; readonly id: string; readonly created: boolean }
  | { readonly kind: 'failed'; readonly id: string; readonly error: string }
  /** In no results file at all, as beyond the daily allocation of batches. */
  | { readonly kind: 'lost' };

/** The parsed data of a job. */
export interface Batch {
  readonly document: CsvDocument;
  readonly columns: readonly Column[];
  /** One for each row; null: unprocessed. */
  readonly results: (RowResult | null)[];
}

/** The properties of a job that a client sets. */
export interface JobRequest extends CsvFormat {
  readonly object: ObjectDescription;
  readonly operation: Operation;
  readonly externalIdFieldName: string | null;
  readonly assignmentRuleId: string | null;
}

/** An ingest job. Times are epoch ms; null: not yet, or none. */
export interface Job {
  readonly id: string;
  readonly request: JobRequest;
  /** API version of the call that created the job, such as `65.0`. */
  readonly apiVersion: string;
  readonly createdById: string;
  readonly createdAt: number;
  readonly multipart: boolean;
  state: JobState;
  modifiedAt: number;
  startedAt: number | null;
  endedAt: number | null;
  /** The file as sent. */
  upload: string | null;
  uploads: number;
  batch: Batch | null;
  errorMessage: string | null;
}

/** Whether the job is complete, failed or aborted. */
export function hasEnded(job: Job): boolean {
  return job.state === 'JobComplete' || job.state === 'Failed' || job.state === 'Aborted';
}

/** Rows attempted, including failed ones; and rows failed. */
export function countRows(job: Job): { processed: number; failed: number } {
  let processed = 0;
  let failed = 0;
  for (const result of job.batch?.results ?? []) {
    if (result?.kind === 'saved' || result?.kind === 'failed') processed += 1;
    if (result?.kind === 'failed') failed += 1;
  }
  return { processed, failed };
}
