/** The size of a Lambda event, 6 MB, minus what is not records (Lambda quotas). */
const eventBytes = 6 * 1024 * 1024 - 1024;

/** The size of a record in an event beside its value: coordinates, timestamp, a short key. */
const recordOverheadBytes = 180;

/** Bytes of a record in an event, where its value is base64. */
export const bytesInEvent = (valueBytes: number): number =>
  4 * Math.ceil(valueBytes / 3) + recordOverheadBytes;

/** Maximum records of an event by size. */
export function recordsPerEvent(valueBytes: number): number {
  return Math.max(1, Math.floor(eventBytes / bytesInEvent(valueBytes)));
}

/** The longest batching window that Lambda accepts, in seconds. */
export const maxWindow = 300;

/** The most partitions, and pollers, that are simulated. */
export const maxPartitions = 1000;

/**
 * Event pollers. A provisioned one carries 5 MB/s and five concurrent invocations, and there are at
 * most as many as partitions (AWS Lambda Developer Guide, "Apache Kafka event poller scaling modes").
 * Lambda's own scaling evaluates the lag every minute and has its pollers three minutes later (same
 * page). It documents neither their first number nor by how many they grow: here one at first, each
 * with one invocation, twice as many while each has more than a batch to catch up with, and half as
 * many after a quarter of an hour in which every batch was closed by its window.
 */
export const pollers = {
  provisioned: { invocations: 5, bytesPerSecond: 5_000_000 },
  onDemand: { first: 1, invocations: 1, evaluateSeconds: 60, scaleSeconds: 180, calmSeconds: 900 },
} as const;

/**
 * Allocations of an org in any 24 hours, shared with all of its other clients: internal bulk batches
 * of 10,000 records each, of which a job takes at least one, and records (Bulk API 2.0 limits).
 */
export const bulk = {
  batchRecords: 10_000,
  batchesADay: 15_000,
  recordsADay: 150_000_000,
} as const;

/** Calls of one flush without polls: create, upload, close; or all in one. */
export const calls = { staged: 3, multipart: 1 } as const;

/**
 * Seconds of a call to Salesforce, of a flush that is refused above the API usage ceiling, and of a run of
 * the doctor for one sink (an assumption: a cold start and some ten calls).
 */
export const seconds = { call: 0.3, refusedFlush: 60, doctor: 6 } as const;

/**
 * How the duration of a job is drawn: a fifth of it is the same for a job of any size, the rest grows
 * with its rows; all of it varies, log-normally, by about a fifth. An assumption: Salesforce
 * publishes no durations.
 */
export const jobTime = { fixedShare: 0.2, spread: 0.2 } as const;

/** Age of the oldest record in seconds from which a sink is behind: when its lag alarm may fire. */
export const behindSeconds = 900;

export const daySeconds = 86_400;
export const hourSeconds = 3600;
export const monthDays = 365 / 12;
