import type { Config } from './config.ts';
import type { Decode } from './decode/decode.ts';
import { deliver } from './delivery/deliver.ts';
import type { Edges } from './edges.ts';
import { SinkError } from './errors.ts';
import { offsetRanges, rangeText } from './kafka/coordinates.ts';
import type { RecordOrigin } from './kafka/record.ts';
import { type KafkaBatch, readEvent } from './kafka/records.ts';
import type { Ledger } from './ledger/ledger.ts';
import { planOf, withoutRewound } from './ledger/plan.ts';
import { withSettled } from './ledger/remember.ts';
import type { Log } from './log.ts';
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
}

/** Writes one event's records. Resolves when Kafka may commit them; throws when it must not. */
export type Flush = (event: unknown, remainingMs: number) => Promise<void>;

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

async function write(parts: FlushParts, batch: KafkaBatch, time: TimeBudget): Promise<void> {
  const { config, edges, log, salesforce, ledger, reporter } = parts;
  const startedAt = edges.clock.now();
  const event = originsOf(batch);
  const partitions = offsetRanges(event).map((range) => ({ ...range, cluster: batch.cluster }));
  const [remembered] = await Promise.all([
    ledger.read(partitions, time.calls),
    reporter.check(time.calls),
  ]);
  const memory = withoutRewound(event, remembered);
  const settled = new Set(planOf(event, memory).skipped);

  const { org, apiCalls } = salesforce.forFlush(time);
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
  log.info('flush written', {
    object: config.object,
    records: event.length,
    rows: event.length - settled.size - errant - rows.tombstones,
    errant,
    skipped: settled.size,
    tombstones: rows.tombstones,
    waits: org.waits,
    api_calls: apiCalls(),
    api_usage: org.apiUsage,
    duration_ms: edges.clock.now() - startedAt,
  });
}

/** Where a fault of ours happened, without its message. */
function framesOf({ cause }: SinkError): { readonly stack?: string } {
  const stack = cause instanceof Error ? (cause.stack ?? '') : '';
  const start = stack.indexOf('\n    at ');
  return start === -1 ? {} : { stack: stack.slice(start + 1) };
}

/** A fault of ours, whose own message could quote a record, so it is kept as the cause only. */
function unexpected(error: unknown): SinkError {
  const name = error instanceof Error ? error.name : typeof error;
  const message = `A fault in the function itself (${name}). Kafka redelivers the records; please report it with the stack in the log.`;
  return new SinkError('UNEXPECTED', message, { cause: error });
}

function located(error: unknown, offsets: readonly string[]): SinkError {
  const known = error instanceof SinkError ? error : unexpected(error);
  return offsets.length > 0 ? known.about(offsets) : known;
}

/**
 * Composes the rooms into the way of a record: event, records, plan, rows, jobs, report. Each line
 * that it logs carries the offsets of the event and, once there is one, the job's id; so does the
 * error that it throws.
 */
export function createFlush(parts: FlushParts): Flush {
  const { edges, log } = parts;
  return async (event, remainingMs) => {
    const time = timeBudget(edges.clock, remainingMs);
    let offsets: readonly string[] = [];
    try {
      const batch = readEvent(event);
      const records = originsOf(batch);
      offsets = offsetRanges(records).map(rangeText);
      log.appendKeys({ offsets });
      log.info('flush received', { records: records.length });
      await write(parts, batch, time);
    } catch (thrown) {
      const error = located(thrown, offsets);
      const { code, retryable, message } = error;
      const where = code === 'UNEXPECTED' ? framesOf(error) : {};
      log.error('flush failed', { code, retryable, reason: message, ...where });
      throw error;
    }
  };
}
