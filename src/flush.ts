import type { Config } from './config.ts';
import { type CsvDocument, writeCsv } from './csv/document.ts';
import type { Decode } from './decode/decode.ts';
import type { Edges } from './edges.ts';
import { SinkError } from './errors.ts';
import { offsetRanges, rangeText } from './kafka/coordinates.ts';
import type { Errant } from './kafka/errant.ts';
import { type KafkaBatch, readEvent } from './kafka/records.ts';
import type { Log } from './log.ts';
import { reportErrants } from './report/report.ts';
import { type TimeBudget, timeBudget } from './salesforce/job/time-budget.ts';
import type { Salesforce } from './salesforce/salesforce.ts';
import { settle } from './settle/settle.ts';
import { tolerate } from './settle/tolerance.ts';

/** What a flush works with, for the life of a container. */
export interface FlushParts {
  readonly config: Config;
  readonly edges: Edges;
  readonly log: Log;
  readonly decode: Decode;
  readonly salesforce: Salesforce;
}

/** Writes one event's records. Resolves when Kafka may commit them; throws when it must not. */
export type Flush = (event: unknown, remainingMs: number) => Promise<void>;

/** The records of a batch as one document, and those that have no place in it. */
interface Prepared {
  readonly document: CsvDocument;
  readonly errants: readonly Errant[];
}

async function prepare(
  { records, errants }: KafkaBatch,
  { config, decode }: FlushParts,
  { calls }: TimeBudget,
): Promise<Prepared> {
  const decoded = await decode(records, calls);
  const csv = writeCsv(decoded.rows, config.nullValues);
  const all = [...errants, ...decoded.errants, ...csv.errants];
  const received = records.length + errants.length;
  tolerate({ received, errants: all, tolerance: config.errorsTolerance });
  if (csv.document === null) throw new Error('a flush without usable records was tolerated');
  return { document: csv.document, errants: all };
}

async function write(parts: FlushParts, batch: KafkaBatch, time: TimeBudget): Promise<void> {
  const { config, edges, log, salesforce } = parts;
  const startedAt = edges.clock.now();
  const { document, errants } = await prepare(batch, parts, time);
  const { result, apiCalls } = await salesforce.write(document, time);
  const outcome = settle(result);
  if (outcome.kind === 'redeliver') throw outcome.error;
  reportErrants(errants, log);
  log.info('flush written', {
    object: config.object,
    records: batch.records.length + batch.errants.length,
    rows: result.sent,
    errant: errants.length,
    columns: document.header.length,
    upload_mode: result.uploadMode,
    waits: result.waits,
    api_calls: apiCalls,
    duration_ms: edges.clock.now() - startedAt,
  });
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
 * Composes the rooms into the way of a record: event, records, rows, document, job, outcome. Each
 * line that it logs carries the offsets of the event and, once there is one, the job's id; so does
 * the error that it throws.
 */
export function createFlush(parts: FlushParts): Flush {
  const { edges, log } = parts;
  return async (event, remainingMs) => {
    const time = timeBudget(edges.clock, remainingMs);
    let offsets: readonly string[] = [];
    try {
      const batch = readEvent(event);
      const records = [...batch.records, ...batch.errants.map(({ record }) => record)];
      offsets = offsetRanges(records).map(rangeText);
      log.appendKeys({ offsets });
      log.info('flush received', { records: records.length });
      await write(parts, batch, time);
    } catch (thrown) {
      const error = located(thrown, offsets);
      const { code, retryable, message } = error;
      log.error('flush failed', { code, retryable, reason: message });
      throw error;
    }
  };
}
