import type { Config } from '../../config/config.ts';
import type { Log } from '../../runtime/log.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import type { IngestApi } from './ingest-api.ts';
import type { TimeBudget } from './time-budget.ts';

/** What the steps of a flush's jobs work with. */
export interface JobContext {
  readonly config: Config;
  readonly runtime: Runtime;
  readonly log: Log;
  readonly time: TimeBudget;
  /** For all steps up to the end of a job; limited by `time.calls`. */
  readonly jobs: IngestApi;
  /** For results and aborts after that time; limited by `time.last`. */
  readonly finalJobs: IngestApi;
  /**
   * True if a job that is no longer waited for is left running, since the ledger has it; false if it is
   * aborted, since its rows will be redelivered.
   */
  readonly leavesJobsRunning: boolean;
}
