import * as limits from './limits.ts';
import { type Load, type Plan, recordsPerEvent } from './plan.ts';

/** Whether a limit holds, and what to change where it does not. */
export interface Finding {
  readonly level: 'fine' | 'close' | 'over';
  readonly text: string;
  /** Null where all is fine. */
  readonly remedy: string | null;
}

/** A limit is close from here on: the org has other clients, and days have peaks. */
const closeFrom = 0.8;

/** Holds a plan against what the org, and the sink itself, can take. */
export function findings(load: Load, plan: Plan): Finding[] {
  return [keepsUp(load, plan), batches(load, plan), calls(load, plan), records(plan)];
}

function keepsUp(load: Load, { capacity }: Plan): Finding {
  const text = `${whole(capacity)} records/s can be written, ${whole(load.rate)} come`;
  const needed = Math.ceil((load.rate * load.pollers) / (capacity * closeFrom));
  const most = Math.min(limits.bulkBatchRecords, recordsPerEvent(load.bytes));
  const remedy = `let ${needed} flushes run at the same time: Lambda does by itself where the topic has as many partitions, at once with pollers${load.batchSize < most ? '; or raise batchSize' : ''}`;
  return finding(load.rate / capacity, text, remedy);
}

function batches(load: Load, plan: Plan): Finding {
  const share = plan.batchesPerDay / limits.bulkBatchesADay;
  const text = `${whole(plan.batchesPerDay)} of the org's ${whole(limits.bulkBatchesADay)} bulk batches in 24 hours`;
  return finding(share, text, fewerFlushes(load, plan, share));
}

function calls(load: Load, plan: Plan): Finding {
  const share = plan.apiCallsPerDay / load.apiLimit;
  const text = `${whole(plan.apiCallsPerDay)} of the org's ${whole(load.apiLimit)} API calls in 24 hours`;
  return finding(share, text, fewerFlushes(load, plan, share));
}

function records({ recordsPerDay }: Plan): Finding {
  const text = `${whole(recordsPerDay)} of the org's ${whole(limits.bulkRecordsADay)} bulk records in 24 hours`;
  const remedy = 'send less: filter or merge records before the topic; no setting of a sink helps';
  return finding(recordsPerDay / limits.bulkRecordsADay, text, remedy);
}

/** Larger batches are the way to fewer flushes, as long as an event holds them. */
function fewerFlushes(load: Load, plan: Plan, share: number): string {
  const most = Math.min(limits.bulkBatchRecords, recordsPerEvent(load.bytes));
  const window = Math.ceil((plan.interval * share) / closeFrom);
  const records = Math.ceil((load.rate / load.pollers) * window);
  if ((plan.recordsPerFlush / most) * share > closeFrom) {
    return 'send fewer or smaller records: batches as full as they can be are too many';
  }
  if (window > mostWindow || records > most) {
    return 'let fewer flushes run at the same time, or put topics together';
  }
  const changes = [
    ...(records > load.batchSize ? [`batchSize to ${records}`] : []),
    ...(window > load.window ? [`batchingWindow to ${window} s`] : []),
  ];
  return `raise ${changes.join(' and ')}`;
}

/** The longest batching window that Lambda takes. */
const mostWindow = 300;

function finding(share: number, text: string, remedy: string): Finding {
  const shown = `${text}: ${whole(share * 100)} %`;
  if (share <= closeFrom) return { level: 'fine', text: shown, remedy: null };
  return { level: share > 1 ? 'over' : 'close', text: shown, remedy };
}

/** A number as people write it. */
export function whole(number: number): string {
  return Math.round(number).toLocaleString('en-US');
}
