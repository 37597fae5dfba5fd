import type { Config } from './config.ts';
import type { Decode } from './decode/decode.ts';
import { deliver } from './delivery/deliver.ts';
import type { Edges } from './edges.ts';
import { framesOf, located } from './failure.ts';
import { isReplay } from './kafka/cluster.ts';
import { offsetRanges, rangeText } from './kafka/coordinates.ts';
import type { RecordOrigin } from './kafka/record.ts';
import { type KafkaBatch, readEvent } from './kafka/records.ts';
import type { Ledger } from './ledger/ledger.ts';
import { planOf, withoutRewound } from './ledger/plan.ts';
import { withSettled } from './ledger/remember.ts';
import type { Log } from './log.ts';
import { countsOf, type FlushCounts, type Meter, type Settled } from './metrics.ts';
import { logReport, type Reporter } from './report/reporter.ts';
import { rowsOf } from './rows.ts';
import { type TimeBudget, timeBudget } from './salesforce/job/time-budget.ts';
import type { Org } from './salesforce/org.ts';
import type { Salesforce } from './salesforce/salesforce.ts';
import { tolerate } from './settle/tolerance.ts';
import { type UsableRows, usableRows } from './usable-rows.ts';

/** What a flush works with, for the life of a container. */
export interface FlushParts {
  readonly config: Config;
  readonly edges: Edges;
  readonly log: Log;
  readonly decode: Decode;
  readonly salesforce: Salesforce;
  readonly ledger: Ledger;
  readonly reporter: Reporter;
  readonly meter: Meter;
}

/**
 * Writes one event's records. Resolves to what became of them when Kafka may commit them; throws
 * when it must not.
 */
export type Flush = (event: unknown, remainingMs: number) => Promise<FlushCounts>;

/** The org and the time of one flush. */
interface Invocation extends ReturnType<Salesforce['forFlush']> {
  readonly time: TimeBudget;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
}

/** Every record of an event by where it stands, the broken ones among them. */
const originsOf = ({ records, errants }: KafkaBatch): RecordOrigin[] => [
  ...records,
  ...errants.map(({ record }) => record),
];

/** The rows to send, and the records that can never be rows. Throws what must fail the flush. */
async function prepare(
  { config, decode }: FlushParts,
  { org, time }: { org: Org; time: TimeBudget },
  { batch, settled }: { batch: KafkaBatch; settled: ReadonlySet<RecordOrigin> },
): Promise<UsableRows> {
  const decoding = { config, decode, deadline: time.calls };
  const rows = await rowsOf(batch, settled, decoding);
  const received = batch.sources.length - settled.size;
  tolerate({ received, errants: rows.errants, tolerance: config.errorsTolerance });
  const usable = await usableRows(rows, org, { config, received });
  if (usable.drafts.length > 0) await org.heedCeiling();
  return usable;
}

async function write(
  parts: FlushParts,
  batch: KafkaBatch,
  { org, apiCalls, time, startedAt }: Invocation,
): Promise<Settled> {
  const { config, edges, log, ledger, reporter } = parts;
  const event = originsOf(batch);
  const partitions = offsetRanges(event).map((range) => ({ ...range, cluster: batch.cluster }));
  const [remembered] = await Promise.all([
    ledger.read(partitions, time.calls),
    reporter.check(time.calls),
  ]);
  const memory = withoutRewound(event, remembered);
  const settled = new Set(planOf(event, memory).skipped);

  // What made the records errant has been mended since.
  if (isReplay(batch.cluster)) org.forgetDescriptions();
  const rows = await prepare(parts, { org, time }, { batch, settled });
  const delivery = { config, edges, log, org, ledger, time };
  const delivered = await deliver(delivery, { ...rows, event, memory });

  const report = { ...delivered, ...batch, errants: [...rows.errants, ...delivered.errants] };
  await reporter.report(report, time.last);
  logReport(report, log);
  if (rows.dropped.length > 0) log.warn('fields left out', { fields: rows.dropped });
  if (settled.size < event.length) {
    const after = withSettled(delivered.memory, event, edges.clock.now());
    await ledger.write(delivered.memory, after, time.last);
  }
  const { length: errant } = report.errants;
  const written = event.length - settled.size - errant - rows.tombstones;
  log.info('flush written', {
    object: config.object,
    records: event.length,
    rows: written,
    errant,
    skipped: settled.size,
    tombstones: rows.tombstones,
    waits: org.load.waits,
    api_calls: apiCalls(),
    api_usage: org.apiUsage,
    duration_ms: edges.clock.now() - startedAt,
  });
  return { written, errant, skipped: settled.size };
}

/**
 * Composes the rooms into the way of a record: event, records, plan, rows, jobs, report. Each line
 * that it logs carries the offsets of the event and, once there is one, the job's id; so does the
 * error that it throws.
 */
export function createFlush(parts: FlushParts): Flush {
  const { edges, log, salesforce, meter } = parts;
  return async (event, remainingMs) => {
    const time = timeBudget(edges.clock, remainingMs);
    const invocation = { ...salesforce.forFlush(time), time, startedAt: edges.clock.now() };
    let batch: KafkaBatch = { records: [], errants: [], sources: [], cluster: '' };
    const counts = (settled: Settled | null) =>
      countsOf({ ...invocation, records: originsOf(batch), settled }, isReplay(batch.cluster));
    let offsets: readonly string[] = [];
    try {
      batch = readEvent(event);
      const records = originsOf(batch);
      offsets = offsetRanges(records).map(rangeText);
      log.appendKeys({ offsets });
      log.info('flush received', { records: records.length });
      const counted = counts(await write(parts, batch, invocation));
      meter(counted);
      return counted;
    } catch (thrown) {
      const error = located(thrown, offsets);
      const { code, retryable, message } = error;
      const where = code === 'UNEXPECTED' ? framesOf(error) : {};
      log.error('flush failed', { code, retryable, reason: message, ...where });
      meter(counts(null));
      throw error;
    }
  };
}
