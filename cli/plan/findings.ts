import { bulk } from './limits.ts';
import { fewerRecords, remedyFor } from './remedies.ts';
import type { Break, Day, Limit } from './simulation/day.ts';
import { type Allocation, allocations } from './simulation/org.ts';
import { duration, percent, timeOfDay, whole } from './text.ts';
import { totalsOf } from './totals.ts';

/** The comparison with a limit, and what to change if it is exceeded. */
export interface Finding {
  readonly level: 'fine' | 'close' | 'over';
  readonly text: string;
  /** Null if the level is fine, or another finding has the remedy. */
  readonly remedy: string | null;
}

/** Share from which a limit is close: the org has other clients, and loads have peaks. */
const closeFrom = 0.8;

/** Compares a day with the limits of the sink and of the org. */
export function findings(day: Day): Finding[] {
  const ofOrg = allocations.map((allocation) => allocated(day, allocation));
  return [keepsUp(day), ...ofOrg, records(day)];
}

/** Breaks that are not an allocation, which has a finding of its own. */
const isOfSink = ({ limit }: Break) => !allocations.some((allocation) => allocation === limit);

function keepsUp(day: Day): Finding {
  const own = day.breaks.find(isOfSink);
  const { age, lag } = totalsOf(day);
  if (own === undefined) {
    const text = `the oldest record is at most ${duration(age)} old before it is in Salesforce`;
    if (day.breaks.length === 0) return { level: 'fine', text, remedy: null };
    return { level: 'over', text: `${whole(lag)} records are left at midnight`, remedy: null };
  }
  const left = `the oldest record is up to ${duration(age)} old, and ${whole(lag)} are left at midnight`;
  return {
    level: 'over',
    text: `${timeOfDay(own.at)} ${breakText(day, own.limit)}; ${left}`,
    remedy: remedyFor(day.load, own.limit, () => true),
  };
}

function allocated(day: Day, allocation: Allocation): Finding {
  const share = shareOf(day, allocation);
  const stopped = day.breaks.find(({ limit }) => limit === allocation);
  const text = `${usedText(day, allocation)}: ${percent(share)}`;
  if (stopped === undefined && share <= closeFrom) return { level: 'fine', text, remedy: null };
  const at = stopped && `${timeOfDay(stopped.at)} ${breakText(day, allocation)}; `;
  return {
    level: stopped !== undefined || share > 1 ? 'over' : 'close',
    text: `${at ?? ''}${text}`,
    remedy: remedyFor(day.load, allocation, (other) => shareOf(other, allocation) <= closeFrom),
  };
}

/** What arrives, against what an org accepts; no setting of the sink changes either. */
function records(day: Day): Finding {
  const { arrived } = totalsOf(day);
  const share = arrived / bulk.recordsADay;
  const text = `${whole(arrived)} records for the org's ${whole(bulk.recordsADay)} bulk records in 24 hours: ${percent(share)}`;
  if (share <= closeFrom) return { level: 'fine', text, remedy: null };
  return { level: share > 1 ? 'over' : 'close', text, remedy: fewerRecords };
}

/** What a day uses of an allocation. */
function shareOf(day: Day, allocation: Allocation): number {
  const { batches, calls } = totalsOf(day);
  return allocation === 'calls' ? calls / day.load.apiLimit : batches / bulk.batchesADay;
}

function usedText(day: Day, allocation: Allocation): string {
  const { batches, calls } = totalsOf(day);
  const texts: Readonly<Record<Allocation, string>> = {
    calls: `${whole(calls)} of the org's ${whole(day.load.apiLimit)} API calls in 24 hours`,
    batches: `${whole(batches)} of the org's ${whole(bulk.batchesADay)} bulk batches in 24 hours`,
  };
  return texts[allocation];
}

/** What happens at a limit. */
export function breakText({ load }: Day, limit: Limit): string {
  const texts: Readonly<Record<Limit, string>> = {
    calls: 'no flush begins any more: the API calls are used up to API_USAGE_CEILING',
    batches: 'every job fails: the bulk batches are used up',
    time: 'jobs take longer than the function may wait, and there is no ledger',
    partition: 'the busiest partition is behind: it has one flush at a time',
    partitions: `the sink is behind: every partition, of ${load.partitions}, has a flush in flight`,
    pollers: 'the sink is behind: there are too few pollers',
    org: `the sink is behind: its jobs wait in the org, which processes ${load.orgJobs} at a time`,
  };
  return texts[limit];
}
