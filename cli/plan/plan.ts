import * as limits from './limits.ts';
import { usPrices } from './prices.ts';

/** What a plan is made of. */
export interface Load {
  /** Records a second, of the whole topic. */
  readonly rate: number;
  /** Average bytes of a record's value. */
  readonly bytes: number;
  readonly batchSize: number;
  /** Seconds. */
  readonly window: number;
  /** Flushes at the same time; never more than the topic has partitions. */
  readonly pollers: number;
  /** How long Salesforce takes for a job; the metric `JobSeconds` knows. */
  readonly jobSeconds: number;
  /** MB. */
  readonly memory: number;
  readonly ledger: boolean;
  /** Partitions that a flush has records of. */
  readonly partitions: number;
  /** API calls that the org may make in 24 hours. */
  readonly apiLimit: number;
  /** Share of records that Salesforce will not take, 0 to 1. */
  readonly errant: number;
}

/** What a load comes to. */
export interface Plan {
  /** What closes a batch. */
  readonly closedBy: 'window' | 'batch size' | '6 MB' | 'the job before it';
  readonly recordsPerFlush: number;
  /** Seconds from one flush to the next, of one poller. */
  readonly interval: number;
  /** Seconds that a record waits at most, until it is in Salesforce. */
  readonly latency: number;
  readonly flushesPerDay: number;
  readonly callsPerFlush: number;
  readonly apiCallsPerDay: number;
  readonly batchesPerDay: number;
  readonly recordsPerDay: number;
  /** Records a second that could be written this way. */
  readonly capacity: number;
  /** Dollars a month. */
  readonly cost: { readonly lambda: number; readonly dynamo: number; readonly sqs: number };
}

/** Records that an event holds at most, by its bytes: values are base64 there. */
export function recordsPerEvent(bytes: number): number {
  const perRecord = 4 * Math.ceil(bytes / 3) + limits.recordOverheadBytes;
  return Math.max(1, Math.floor(limits.eventBytes / perRecord));
}

/** Reckons a load through. Everything is an average; peaks need room above it. */
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
    closedBy: recordsPerFlush >= full ? bySize : byJob ? 'the job before it' : 'window',
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

/** The CSV is shorter than the JSON it is made of, so that the JSON is the safe measure. */
function callsOf({ ledger, bytes }: Load, records: number): number {
  const multipart = !ledger && records * bytes <= limits.multipartBytes;
  return (multipart ? limits.calls.multipart : limits.calls.staged) + limits.looks;
}

/** Bytes of a ledger item: a job in flight and sixteen settled ranges. */
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
