import type { Config } from './config/config.ts';
import type { Decode } from './decode/decode.ts';
import type { Delivered } from './delivery/context.ts';
import { deliver } from './delivery/deliver.ts';
import { priorJobs } from './delivery/prior-jobs.ts';
import { type ErrantRecordReporter, logReport } from './errant/reporter.ts';
import { isReplay } from './kafka/cluster.ts';
import { offsetRanges } from './kafka/coordinates.ts';
import { type RecordOrigin, recordId } from './kafka/record.ts';
import type { KafkaBatch } from './kafka/records.ts';
import { addErrants } from './ledger/add-errants.ts';
import { addDurations } from './ledger/durations.ts';
import type { Ledger } from './ledger/ledger.ts';
import { markSettled } from './ledger/mark-settled.ts';
import { resetRewound } from './ledger/plan.ts';
import type { LedgerState } from './ledger/state.ts';
import { type OutdatedRecord, outdatedOf } from './prepare/outdated.ts';
import { type Prepared, prepare } from './prepare/prepare.ts';
import type { Log } from './runtime/log.ts';
import type { Runtime } from './runtime/runtime.ts';
import { sizeOf } from './salesforce/job/durations.ts';
import type { TimeBudget } from './salesforce/job/time-budget.ts';
import type { Org } from './salesforce/org.ts';

/** What every flush of a container uses. */
export interface FlushParts {
  readonly config: Config;
  readonly runtime: Runtime;
  readonly log: Log;
  readonly decode: Decode;
  readonly ledger: Ledger;
  readonly reporter: ErrantRecordReporter;
}

/** The org and the time budget of one flush. */
export interface FlushResources {
  readonly org: Org;
  readonly time: TimeBudget;
}

/** The coordinates of every record of an event, unreadable ones included. */
export const originsOf = ({ records, errants }: KafkaBatch): RecordOrigin[] => [
  ...records,
  ...errants.map(({ record }) => record),
];

/**
 * Reads the ledger state of the event's partitions, and checks the errant queue at the same time. Throws
 * as `Ledger.read` and `ErrantRecordReporter.check` do.
 */
export async function readState(
  { ledger, reporter }: FlushParts,
  event: readonly RecordOrigin[],
  { cluster, time }: { readonly cluster: string; readonly time: TimeBudget },
): Promise<LedgerState> {
  const partitions = offsetRanges(event).map((range) => ({ ...range, cluster }));
  const [stored] = await Promise.all([
    ledger.read(partitions, time.calls),
    reporter.check(time.calls),
  ]);
  return resetRewound(event, stored);
}

/** Stores errant records in the ledger, reports them, then marks the records of `event` as settled. */
async function settle(
  { runtime, ledger, log, reporter }: FlushParts,
  { state, errants, unmatched, time, org }: Delivered & FlushResources,
  { batch, event }: { readonly batch: KafkaBatch; readonly event: readonly RecordOrigin[] },
): Promise<void> {
  // Stored before it is reported: a redelivery reads this, and so never writes a reported record.
  const withErrants = addErrants(state, { errants, at: runtime.clock.now() }, event);
  const stored = await ledger.write(state, withErrants, time.last);
  const report = { ...batch, errants, unmatched };
  await reporter.report(report, time.last);
  logReport(report, log);
  const learned = addDurations(stored, event, { durations: org.newDurations, sizeOf });
  await ledger.write(stored, markSettled(learned, event, runtime.clock.now()), time.last);
}

/** What is sent and settled: all but the records of a replay whose row was written after them. */
function withoutOutdated(
  all: Pick<Prepared, 'rows'> & { readonly event: readonly RecordOrigin[] },
  outdated: readonly OutdatedRecord[],
): typeof all {
  if (outdated.length === 0) return all;
  const left = new Set(outdated.map(recordId));
  const isSent = (record: RecordOrigin) => !left.has(recordId(record));
  const rows = all.rows.filter(({ records }) => records.every(isSent));
  return { event: all.event.filter(isSent), rows };
}

/** The counts of a successful flush, in numbers of records. */
export interface Flushed {
  readonly written: number;
  readonly errant: number;
  /** Settled by an earlier flush, according to the ledger. */
  readonly skipped: number;
  /** Tombstones skipped by `TOMBSTONES=skip`. */
  readonly tombstones: number;
  /** Records that `TRANSFORM` left out. */
  readonly filtered: number;
  /** Records of a replay that were left out: their row was written after them. */
  readonly outdated: readonly OutdatedRecord[];
}

/**
 * Runs all stages for the records of one event, in this order: ledger state, jobs of earlier
 * deliveries, rows, new jobs, errant queue, ledger. Returns when Kafka may commit the offsets; throws
 * when it must not.
 */
export async function flush(
  parts: FlushParts,
  batch: KafkaBatch,
  { org, time }: FlushResources,
): Promise<Flushed> {
  const { config, runtime, log, ledger } = parts;
  const event = originsOf(batch);
  const delivery = { config, runtime, log, org, ledger, time };
  // Operators replay after a fix, perhaps of the object itself, so cached descriptions may be stale.
  if (isReplay(batch.cluster)) org.clearDescriptions();
  const stored = await readState(parts, event, { cluster: batch.cluster, time });
  org.learn([...stored.values()].flatMap(({ durations }) => durations));
  const prior = await priorJobs(delivery, event, stored);
  const prepared = await prepare({ decode: parts.decode, delivery }, batch, prior);
  if (prepared.rows.length > 0) await org.enforceUsageCeiling();
  const { state, plan } = prior;
  const outdated = batch.leavesOutdated ? await outdatedOf(prepared, delivery) : [];
  const sent = withoutOutdated({ event, rows: prepared.rows }, outdated);
  const delivered = await deliver(delivery, { ...prepared, rows: sent.rows, event, state });
  const errants = [...prepared.errants, ...delivered.errants];
  const unmatched = [...prepared.unmatched, ...delivered.unmatched];
  const skipped = plan.skipped.length;
  const ended = sent.event;
  // Nothing to settle if every record was skipped.
  if (skipped < ended.length) {
    const settled = { batch, event: ended };
    await settle(parts, { state: delivered.state, errants, unmatched, time, org }, settled);
  }
  if (prepared.dropped.length > 0) log.warn('fields left out', { fields: prepared.dropped });
  const { tombstones, filtered } = prepared;
  const written = ended.length - skipped - errants.length - tombstones - filtered;
  return { written, errant: errants.length, skipped, tombstones, filtered, outdated };
}
