import type { CsvDocument, CsvFormat } from '../csv/document.ts';
import type { ObjectDescription } from '../object/description.ts';
import type { Column } from '../row/column.ts';

/** Operations of ingest jobs (guide, "Create a Job"), without those of marketing objects. */
export const OPERATIONS = ['insert', 'update', 'upsert', 'delete', 'hardDelete'] as const;

/** What a job does with its rows. */
export type Operation = (typeof OPERATIONS)[number];

/** Where a job stands (guide, "Get Information About an Ingest Job"). */
export type JobState =
  | 'Open'
  | 'UploadComplete'
  | 'InProgress'
  | 'JobComplete'
  | 'Failed'
  | 'Aborted';

/** What became of a row. */
export type RowOutcome =
  | { readonly kind: 'saved'; readonly id: string; readonly created: boolean }
  | { readonly kind: 'failed'; readonly id: string; readonly error: string }
  /** In no results file at all, as beyond the daily allocation of batches. */
  | { readonly kind: 'lost' };

/** The data of a job once its header is understood. */
export interface Batch {
  readonly document: CsvDocument;
  readonly columns: readonly Column[];
  /** One for each row, null as long as it is unprocessed. */
  readonly outcomes: (RowOutcome | null)[];
}

/** What a client asks for when it creates a job. */
export interface JobRequest extends CsvFormat {
  readonly object: ObjectDescription;
  readonly operation: Operation;
  readonly externalIdFieldName: string | null;
  readonly assignmentRuleId: string | null;
}

/** An ingest job. Times are epoch ms; null is not yet, or none. */
export interface Job {
  readonly id: string;
  readonly request: JobRequest;
  /** As the job was created with, such as `65.0`. */
  readonly apiVersion: string;
  readonly createdById: string;
  readonly createdAt: number;
  readonly multipart: boolean;
  state: JobState;
  modifiedAt: number;
  startedAt: number | null;
  endedAt: number | null;
  /** The file as it was sent. */
  upload: string | null;
  uploads: number;
  batch: Batch | null;
  errorMessage: string | null;
}

/** Whether the job has ended, one way or another. */
export function hasEnded(job: Job): boolean {
  return job.state === 'JobComplete' || job.state === 'Failed' || job.state === 'Aborted';
}

/** Rows attempted, failed ones included; and rows failed. */
export function countRows(job: Job): { processed: number; failed: number } {
  let processed = 0;
  let failed = 0;
  for (const outcome of job.batch?.outcomes ?? []) {
    if (outcome?.kind === 'saved' || outcome?.kind === 'failed') processed += 1;
    if (outcome?.kind === 'failed') failed += 1;
  }
  return { processed, failed };
}
