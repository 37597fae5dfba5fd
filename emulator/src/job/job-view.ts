import type { Choices } from '../choices.ts';
import type { Job } from './job.ts';
import { infoJson, type JobJson } from './job-json.ts';

/** A job as the control plane shows it: the reply to GET, and what only the org knows. */
export interface JobView extends JobJson {
  readonly id: string;
  readonly state: Job['state'];
  readonly operation: string;
  readonly object: string;
  /** Whether it came in one multipart call. */
  readonly multipart: boolean;
  /** How many PUTs it got; 1 for a multipart job. */
  readonly uploads: number;
  /** Its data as it was sent; null before the upload. */
  readonly csv: string | null;
  /** Data rows; null as long as the data was not looked at. */
  readonly rows: number | null;
}

/** A job as the control plane shows it. */
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
