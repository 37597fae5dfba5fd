import type { Choices } from '../choices.ts';
import type { Job } from './job.ts';
import { infoJson, type JobJson } from './job-json.ts';

/** A job in the control plane: the reply to GET, and what only the org knows. */
export interface JobView extends JobJson {
  readonly id: string;
  readonly state: Job['state'];
  readonly operation: string;
  readonly object: string;
  /** Whether it was created with its data, in one multipart call. */
  readonly multipart: boolean;
  /** Number of PUTs; 1 for a multipart job. */
  readonly uploads: number;
  /** Its data as sent; null before the upload. */
  readonly csv: string | null;
  /** Number of data rows; null until the data is parsed. */
  readonly rows: number | null;
}

/** A job in the control plane. */
export function viewJob(job: Job, choices: Choices): JobView {
  return {
    ...infoJson(job, choices),
    id: job.id,
    state: job.state,
    operation: job.request.operation,
    object: job.request.object.name,
    multipart: job.multipart,
    uploads: job.uploads,
    csv: job.upload,
    rows: job.batch?.document.rows.length ?? null,
  };
}
