import * as z from 'zod/mini';
import { isSameId } from '../../csv/salesforce-id.ts';
import { jsonOf } from '../../runtime/http/json.ts';
import type { HttpReply } from '../../runtime/http/send.ts';
import { AttemptFailed, failureOfReply } from '../call/failure.ts';

/**
 * The state of a job. An unknown state counts as that of a running job.
 * Source: Bulk API 2.0 developer guide, "Get Information About an Ingest Job".
 */
export interface JobInfo {
  readonly id: string;
  readonly state: string;
  /** Rows attempted, including failed ones; null before processing. */
  readonly processed: number | null;
  readonly failed: number | null;
  /** Set if the job as a whole failed. */
  readonly errorMessage: string | null;
  /** How long before the reply the job was last changed, in milliseconds, ±1 s; null: unknown. */
  readonly changedAgoMs: number | null;
  /** How long before the reply the job was created, likewise. */
  readonly createdAgoMs: number | null;
}

/** The end states of a job. */
const endStates = ['JobComplete', 'Failed', 'Aborted'] as const;

/** An end state of a job. */
export type EndState = (typeof endStates)[number];

/** Tells whether a state is an end state. */
export function hasEnded(state: string): state is EndState {
  return (endStates as readonly string[]).includes(state);
}

/** An ended job. */
export interface EndedJob extends Omit<JobInfo, 'changedAgoMs' | 'createdAgoMs'> {
  readonly state: EndState;
  readonly waits: number;
  /** Duration of the job in milliseconds, estimated from polls; null: unknown. */
  readonly tookMs: number | null;
}

/** Maximum number of characters of a job's message; it names the first bad column. */
const longestMessage = 300;

const count = z.nullish(z.int().check(z.nonnegative()));

const jobReply = z.object({
  id: z.string().check(z.regex(/^[A-Za-z0-9]{15,18}$/)),
  state: z.string().check(z.minLength(1)),
  numberRecordsProcessed: count,
  numberRecordsFailed: count,
  errorMessage: z.nullish(z.string()),
  createdDate: z.catch(z.nullish(z.string()), null),
  systemModstamp: z.catch(z.nullish(z.string()), null),
});

/**
 * How long before a reply a time of its job was, both by Salesforce's clock and in whole seconds.
 * Source: Bulk API 2.0 developer guide: `systemModstamp` is when the job finished.
 */
function agoMs(
  time: string | null | undefined,
  { headers }: Pick<HttpReply, 'headers'>,
): number | null {
  const ago = Date.parse(String(headers['date'])) - Date.parse(time ?? '');
  return Number.isFinite(ago) ? Math.max(0, ago) : null;
}

/**
 * Reads a job from a reply. Throws `AttemptFailed` if it has none, or another one than `jobId` (null:
 * any job).
 */
export function jobInfoOf(reply: HttpReply, jobId: string | null): JobInfo {
  const parsed = jobReply.safeParse(jsonOf(reply.body));
  if (!parsed.success || (jobId !== null && !isSameId(parsed.data.id, jobId))) {
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
    changedAgoMs: agoMs(parsed.data.systemModstamp, reply),
    createdAgoMs: agoMs(parsed.data.createdDate, reply),
  };
}
