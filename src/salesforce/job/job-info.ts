import * as z from 'zod';
import type { HttpReply } from '../../runtime/http/send.ts';
import { AttemptFailed, failureOfReply } from '../call/failure.ts';

/**
 * What Salesforce says of a job. A state that is not known here is one of a job still under way.
 * Source: Bulk API 2.0 developer guide, "Get Information About an Ingest Job".
 */
export interface JobInfo {
  readonly id: string;
  readonly state: string;
  /** Rows attempted, failed ones among them; null before processing. */
  readonly processed: number | null;
  readonly failed: number | null;
  /** Set when the job as a whole failed. */
  readonly errorMessage: string | null;
}

/** The states that a job never leaves. */
export const endStates = ['JobComplete', 'Failed', 'Aborted'] as const;

/** A state that a job never leaves. */
export type EndState = (typeof endStates)[number];

/** Says whether the job has ended. */
export function hasEnded(state: string): state is EndState {
  return (endStates as readonly string[]).includes(state);
}

/** Of a job's own message no more is told; it names the first bad column. */
const longestMessage = 300;

const count = z.number().int().nonnegative().nullish();

const jobReply = z.object({
  id: z.string().regex(/^[A-Za-z0-9]{15,18}$/),
  state: z.string().min(1),
  numberRecordsProcessed: count,
  numberRecordsFailed: count,
  errorMessage: z.string().nullish(),
});

/** Ids of 15 and of 18 characters name the same job. */
const sameJob = (one: string, other: string): boolean => one.slice(0, 15) === other.slice(0, 15);

/**
 * Reads a job out of a reply. Throws `AttemptFailed` when there is none in it, or another one than
 * `jobId`; null when any job will do.
 */
export function jobInfoOf(reply: HttpReply, jobId: string | null): JobInfo {
  let body: unknown;
  try {
    body = JSON.parse(reply.body);
  } catch {
    throw new AttemptFailed(failureOfReply(reply, 'a job in JSON'));
  }
  const parsed = jobReply.safeParse(body);
  if (!parsed.success || (jobId !== null && !sameJob(parsed.data.id, jobId))) {
    throw new AttemptFailed(
      failureOfReply(reply, jobId === null ? 'a job in JSON' : `job ${jobId} in JSON`),
    );
  }
  const { id, state, numberRecordsProcessed, numberRecordsFailed, errorMessage } = parsed.data;
  return {
    id,
    state,
    processed: numberRecordsProcessed ?? null,
    failed: numberRecordsFailed ?? null,
    errorMessage: errorMessage?.slice(0, longestMessage) ?? null,
  };
}
