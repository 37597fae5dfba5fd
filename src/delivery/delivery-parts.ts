import type { Config } from '../config.ts';
import type { Edges } from '../edges.ts';
import type { Errant } from '../kafka/errant.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Memory } from '../ledger/memory.ts';
import type { Log } from '../log.ts';
import type { TimeBudget } from '../salesforce/job/time-budget.ts';
import type { Org } from '../salesforce/org.ts';
import type { StrayRow } from '../salesforce/result/fates.ts';

/** What a flush delivers its rows with. */
export interface DeliveryParts {
  readonly config: Config;
  readonly edges: Edges;
  readonly log: Log;
  readonly org: Org;
  readonly ledger: Ledger;
  readonly time: TimeBudget;
}

/** What has become of the rows so far, and what the ledger knows of them. */
export interface Delivered {
  readonly memory: Memory;
  readonly errants: readonly Errant[];
  /** Refused rows that belong to none of the records, each with the job that it was in. */
  readonly strays: readonly (StrayRow & { readonly jobId: string })[];
}
