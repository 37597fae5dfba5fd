import * as limits from './limits.ts';
import { usPrices } from './prices.ts';

/** The load to plan for. */
export interface Load {
  /** Records a second, of the whole topic. */
  readonly rate: number;
  /** Average bytes of a record's value. */
  readonly bytes: number;
  readonly batchSize: number;
  /** Seconds. */
  readonly window: number;
  /** Concurrent flushes; at most the partitions of the topic. */
  readonly pollers: number;
  /** Duration of a job in Salesforce, as the metric `JobSeconds`. */
  readonly jobSeconds: number;
  /** MB. */
  readonly memory: number;
  readonly ledger: boolean;
  /** Partitions in a flush. */
  readonly partitions: number;
  /** API calls that the org may make in 24 hours. */
  readonly apiLimit: number;
  /** Share of records that Salesforce rejects, 0 to 1. */
  readonly errant: number;
}

/** The estimate for a load. */
export interface Plan {
  /** What closes a batch. */
  readonly closedBy: 'window' | 'batch size' | '6 MB' | 'the previous job';
  readonly recordsPerFlush: number;
  /** Seconds from one flush to the next, of one poller. */
  readonly interval: number;
  /** The longest time in seconds until a record is in Salesforce. */
  readonly latency: number;
  readonly flushesPerDay: number;
  readonly callsPerFlush: number;
  readonly apiCallsPerDay: number;
  readonly batchesPerDay: number;
  readonly recordsPerDay: number;
  /** Maximum records a second with these settings. */
  readonly capacity: number;
  /** Dollars a month. */
  readonly cost: { readonly lambda: number; readonly dynamo: number; readonly sqs: number };
}

/** Maximum records of an event by size; values are base64 there. */
export function recordsPerEvent(bytes: number): number {
  const perRecord = 4 * Math.ceil(bytes / 3) + limits.recordOverheadBytes;
  return Math.max(1, Math.floor(limits.eventBytes / perRecord));
}

/** Estimates a load. All figures are averages; peaks need spare capacity. */
export function plan(load: Load): Plan {
  const { rate, pollers, jobSeconds, window } = load;
  const byBytes = recordsPerEvent(load.bytes);
  const full = Math.min(load.batchSize, byBytes);
  const ofPoller = rate / pollers;
  const fill = full / ofPoller;
  const interval = Math.max(Math.min(window, fill), jobSeconds);
  const recordsPerFlush = Math.min(full, ofPoller * interval);
  const flushesPerDay = (limits.daySeconds * pollers) / interval;
  const callsPerFlush = callsOf(load, recordsPerFlush);
  const byJob = jobSeconds >= Math.min(window, fill);
  const bySize = byBytes < load.batchSize ? '6 MB' : 'batch size';
  return {
    closedBy: recordsPerFlush >= full ? bySize : byJob ? 'the previous job' : 'window',
    recordsPerFlush,
    interval,
    latency: interval + jobSeconds,
    flushesPerDay,
    callsPerFlush,
    apiCallsPerDay: flushesPerDay * callsPerFlush,
    batchesPerDay: flushesPerDay * Math.ceil(recordsPerFlush / limits.bulkBatchRecords),
    recordsPerDay: rate * limits.daySeconds,
    capacity: (full * pollers) / jobSeconds,
    cost: costOf(load, flushesPerDay * limits.monthDays),
  };
}

/** The CSV is shorter than the JSON, so the size of the JSON is a safe estimate. */
function callsOf({ ledger, bytes }: Load, records: number): number {
  const multipart = !ledger && records * bytes <= limits.multipartBytes;
  return (multipart ? limits.calls.multipart : limits.calls.staged) + limits.polls;
}

/** Size of a ledger item with a job in flight and sixteen settled ranges, in KB. */
const itemKb = 3;

function costOf(load: Load, flushes: number): Plan['cost'] {
  const { lambdaGbSecond, lambdaRequest, dynamoReadUnit, dynamoWriteUnit, sqsRequest } = usPrices;
  const gbSeconds = load.jobSeconds * (load.memory / 1024);
  // Each item is read once, and written when its job is made and when it is settled.
  const ofItem = dynamoReadUnit * Math.ceil(itemKb / 4) + dynamoWriteUnit * itemKb * 2;
  const errants = load.rate * load.errant * limits.daySeconds * limits.monthDays;
  return {
    lambda: flushes * (gbSeconds * lambdaGbSecond + lambdaRequest),
    dynamo: load.ledger ? flushes * load.partitions * ofItem : 0,
    sqs: errants * sqsRequest,
  };
}
