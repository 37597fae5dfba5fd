import { type Flushed, type FlushParts, type FlushResources, flush, originsOf } from '../flush.ts';
import { isReplay } from '../kafka/cluster.ts';
import { offsetRanges, rangeText } from '../kafka/coordinates.ts';
import { type KafkaBatch, readEvent } from '../kafka/records.ts';
import { type Previewed, preview } from '../preview.ts';
import { timeBudget } from '../salesforce/job/time-budget.ts';
import type { Salesforce } from '../salesforce/salesforce.ts';
import { invocationError, stackFrames } from './invocation-error.ts';
import { countsOf, type FlushCounts, type Meter, type Settled } from './metrics.ts';

/** What all invocations of a container share. */
export interface InvocationParts extends FlushParts {
  readonly salesforce: Salesforce;
  readonly meter: Meter;
}

/**
 * Handles one event. Resolves to its counts when Kafka may commit the offsets; throws when it must
 * not.
 */
export type Invoke = (event: unknown, remainingMs: number) => Promise<FlushCounts>;

/** Before the event is read. */
const noBatch: KafkaBatch = {
  records: [],
  errants: [],
  sources: [],
  cluster: '',
  leavesOutdated: false,
  isDryRun: false,
};

/** Logs a successful flush. */
function logWritten(
  { config, runtime, log }: InvocationParts,
  { written, outdated, ...rest }: Flushed,
  {
    org,
    apiCalls,
    startedAt,
    records,
  }: ReturnType<Salesforce['orgForFlush']> & {
    readonly startedAt: number;
    readonly records: number;
  },
): void {
  log.info('flush written', {
    object: config.object,
    records,
    rows: written,
    ...rest,
    ...(outdated.length > 0 && { outdated: outdated.length }),
    waits: org.load.waits,
    api_calls: apiCalls(),
    api_usage: org.apiUsage,
    duration_ms: runtime.clock.now() - startedAt,
  });
}

/** Runs a dry run and logs its end. */
async function dryRun(
  parts: InvocationParts,
  batch: KafkaBatch,
  invocation: FlushResources,
): Promise<Previewed> {
  const previewed = await preview(parts, batch, invocation);
  const { errant, outdated } = previewed;
  parts.log.info('dry run', { errant, outdated: outdated.length });
  return previewed;
}

/**
 * Creates the function's event handler. Each log line, and the error that it throws, carries the
 * offset ranges of the event and, once there is one, the job id.
 */
export function createInvoke(parts: InvocationParts): Invoke {
  const { runtime, log, salesforce, meter } = parts;
  return async (event, remainingMs) => {
    const time = timeBudget(runtime.clock, remainingMs);
    const invocation = { ...salesforce.orgForFlush(time), time, startedAt: runtime.clock.now() };
    let batch = noBatch;
    const counts = (settled: Settled | null) =>
      countsOf({ ...invocation, records: originsOf(batch), settled }, isReplay(batch.cluster));
    let offsets: readonly string[] = [];
    try {
      batch = readEvent(event);
      const records = originsOf(batch);
      offsets = offsetRanges(records).map(rangeText);
      log.appendKeys({ offsets });
      log.info('flush received', { records: records.length });
      if (batch.isDryRun) return counts(await dryRun(parts, batch, invocation));
      const flushed = await flush(parts, batch, invocation);
      logWritten(parts, flushed, { ...invocation, records: records.length });
      const { written, errant, skipped, outdated } = flushed;
      const counted = counts({ written, errant, skipped, outdated });
      meter(counted);
      return counted;
    } catch (thrown) {
      const error = invocationError(thrown, offsets);
      const { code, retryable, message } = error;
      const where = code === 'UNEXPECTED' ? stackFrames(error) : {};
      log.error('flush failed', { code, retryable, reason: message, ...where });
      if (!batch.isDryRun) meter(counts(null));
      throw error;
    }
  };
}
