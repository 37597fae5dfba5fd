import * as limits from './limits.ts';
import { type Load, type Plan, recordsPerEvent } from './plan.ts';

/** The comparison with a limit, and what to change if it is exceeded. */
export interface Finding {
  readonly level: 'fine' | 'close' | 'over';
  readonly text: string;
  /** Null if the level is fine. */
  readonly remedy: string | null;
}

/** Share from which a limit is close: the org has other clients, and loads have peaks. */
const closeFrom = 0.8;

/** Compares a plan with the limits of the org and of the sink itself. */
export function findings(load: Load, plan: Plan): Finding[] {
  return [keepsUp(load, plan), batches(load, plan), calls(load, plan), records(plan)];
}

function keepsUp(load: Load, { capacity }: Plan): Finding {
  const text = `${whole(capacity)} records/s can be written, ${whole(load.rate)} arrive`;
  const needed = Math.ceil((load.rate * load.pollers) / (capacity * closeFrom));
  const max = Math.min(limits.bulkBatchRecords, recordsPerEvent(load.bytes));
  const remedy = `run ${needed} flushes concurrently: Lambda scales to that if the topic has as many partitions, or at once with pollers${load.batchSize < max ? '; or raise batchSize' : ''}`;
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
  const remedy =
    'reduce the load: filter or merge records before the topic; no setting of the sink helps';
  return finding(recordsPerDay / limits.bulkRecordsADay, text, remedy);
}

/** Fewer flushes need larger batches, up to the size of an event. */
function fewerFlushes(load: Load, plan: Plan, share: number): string {
  const max = Math.min(limits.bulkBatchRecords, recordsPerEvent(load.bytes));
  const window = Math.ceil((plan.interval * share) / closeFrom);
  const records = Math.ceil((load.rate / load.pollers) * window);
  if ((plan.recordsPerFlush / max) * share > closeFrom) {
    return 'send fewer or smaller records: even full batches are too many';
  }
  if (window > maxWindow || records > max) {
    return 'run fewer flushes concurrently, or merge topics';
  }
  const changes = [
    ...(records > load.batchSize ? [`batchSize to ${records}`] : []),
    ...(window > load.window ? [`batchingWindow to ${window} s`] : []),
  ];
  return `raise ${changes.join(' and ')}`;
}

/** The longest batching window that Lambda accepts. */
const maxWindow = 300;

function finding(share: number, text: string, remedy: string): Finding {
  const shown = `${text}: ${whole(share * 100)} %`;
  if (share <= closeFrom) return { level: 'fine', text: shown, remedy: null };
  return { level: share > 1 ? 'over' : 'close', text: shown, remedy };
}

/** A whole number with separators. */
export function whole(number: number): string {
  return Math.round(number).toLocaleString('en-US');
}
