import type { Config } from '../../config/config.ts';
import type { Log } from '../../runtime/log.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import type { Jobs } from './jobs.ts';
import type { TimeBudget } from './time-budget.ts';

/** What the steps of the jobs of one flush work with. */
export interface JobContext {
  readonly config: Config;
  readonly runtime: Runtime;
  readonly log: Log;
  readonly time: TimeBudget;
  /** For all steps up to the end of a job; ends with `time.calls`. */
  readonly jobs: Jobs;
  /** For what must still be done when that time is over; ends with `time.last`. */
  readonly finalJobs: Jobs;
  /**
   * True where a job that is not waited for any longer is left to run, since the ledger will find
   * it again; false where it is aborted, since its rows will come again.
   */
  readonly leavesJobsRunning: boolean;
}
