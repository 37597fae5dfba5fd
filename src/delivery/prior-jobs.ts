import type { RecordOrigin } from '../kafka/record.ts';
import { removeJob } from '../ledger/add-job.ts';
import type { InFlightJob } from '../ledger/jobs-in-flight.ts';
import { type Plan, planOf } from '../ledger/plan.ts';
import type { LedgerState } from '../ledger/state.ts';
import type { EndedJob } from '../salesforce/job/job-info.ts';
import { allWritten } from '../salesforce/result/read-results.ts';
import type { DeliveryContext } from './context.ts';

/** An ended job of an earlier delivery. */
export interface PriorJob {
  readonly job: EndedJob;
  /** What the ledger has of it: its size, and the records of this event that it carries. */
  readonly inLedger: InFlightJob;
}

/** The jobs of earlier deliveries that carry records of this event, with ledger state and plan. */
export interface PriorJobs {
  readonly state: LedgerState;
  readonly plan: Plan;
  readonly jobs: readonly PriorJob[];
}

/** Waits for the end of a prior job; null if it wrote nothing and never will. */
async function waitForPriorJob(
  { org, log }: DeliveryContext,
  inFlight: InFlightJob,
): Promise<EndedJob | null> {
  log.appendKeys({ job_id: inFlight.id });
  const job = await org.resume(inFlight);
  const counts = job !== null && !(await org.attemptedNothing(job));
  log.info(counts ? 'job found again' : 'job forgotten', { state: job?.state ?? 'gone' });
  return counts ? job : null;
}

/**
 * Waits for the jobs in which records of this event are in flight. A job that wrote nothing is removed
 * from the state; its records then belong to the job before it, or are new. Throws as `Org.resume`
 * does.
 */
export async function priorJobs(
  parts: DeliveryContext,
  records: readonly RecordOrigin[],
  state: LedgerState,
): Promise<PriorJobs> {
  const ended = new Map<string, EndedJob>();
  for (let current = state; ; ) {
    const plan = planOf(records, current);
    const inFlight = plan.jobs.filter(({ owned }) => owned.length > 0);
    const next = inFlight.find(({ id }) => !ended.has(id));
    if (next === undefined) {
      const jobs = inFlight.flatMap((one) => {
        const job = ended.get(one.id);
        return job === undefined ? [] : [{ job, inLedger: one }];
      });
      return { state: current, plan, jobs };
    }
    const job = await waitForPriorJob(parts, next);
    if (job === null) current = removeJob(current, next.id);
    else ended.set(next.id, job);
  }
}

/** Whether these jobs wrote all their rows, so that their records need not be decoded. */
export function wroteAll(jobs: readonly PriorJob[]): boolean {
  return jobs.every(({ job, inLedger }) => allWritten({ job, sent: inLedger.rows }));
}
