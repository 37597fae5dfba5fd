import { type Mapping, startMapping } from '../event-source-mapping/mapping.ts';
import type { MappingEvent } from '../event-source-mapping/mapping-event.ts';
import { memorySource } from '../event-source-mapping/memory-source.ts';
import { partitionName } from '../event-source-mapping/source-record.ts';
import { counted, seconds } from '../terminal/format.ts';
import { environmentRows, type HeaderRows, headerLines } from './header.ts';
import { openFileLag } from './live/file-lag.ts';
import type { FileOptions } from './options.ts';
import { openPool } from './pool.ts';
import { openRowWatch } from './row-watch.ts';
import type { Run } from './run.ts';
import type { RunDisplay } from './run-display.ts';
import type { RunEnvironment } from './run-environment.ts';
import { openStatus } from './status-lines.ts';

/** Lambda never gives up; a file should end. */
const maxAttempts = 3;

/** A batch whose deliveries all failed. */
export class StuckDeliveryError extends Error {
  override readonly name = 'StuckDeliveryError';
}

/**
 * Starts to deliver the records of a file to the function, one batch after the other, and shows what
 * each changes in the emulated org.
 *
 * `done` rejects with StuckDeliveryError for a batch that keeps failing.
 */
export async function startFileRun(
  options: FileOptions,
  environment: RunEnvironment,
  display: RunDisplay,
): Promise<Run> {
  const { file, maxRecords, records, verbose } = options;
  const watch = openRowWatch(environment);
  display.show(headerLines(file, headerRows(options, environment)));
  const pool = openPool({ ...environment, concurrency: 1, verbose, display });
  const status = openStatus({ now: Date.now, lag: null });
  const left = openFileLag(records);
  display.watch(`msk-salesforce-sink  ${file} → ${environment.object}`, () => left.lag());
  let stopped = false;
  let stuck: StuckDeliveryError | null = null;
  const onEvent = (event: MappingEvent) => {
    left.event(event);
    display.event(event);
    display.show(status.lines(event));
    if (event.kind === 'committed' || event.kind === 'flush-failed') {
      display.show(watch.lines({ evenIfNone: event.kind === 'committed' }));
    }
    if (event.kind !== 'flush-failed' || event.flush.attempt < maxAttempts) return;
    stuck = new StuckDeliveryError(stuckText(event));
    void mapping.stop();
  };
  const mapping: Mapping = startMapping({
    source: memorySource(records),
    invoke: (event) => pool.invoke(event),
    origin: { eventSource: 'SelfManagedKafka', bootstrapServers: 'localhost:9092' },
    limits: { maxRecords, windowMs: 0 },
    onEvent,
  });
  const deliver = async () => {
    await mapping.done.finally(() => pool.kill()).finally(() => display.end());
    display.show(await watch.endLines());
    if (stuck !== null) throw stuck;
    if (stopped) display.lines('plain', 'Stopped.');
    return stopped ? 130 : 0;
  };
  const stop = () => {
    stopped = true;
    void mapping.stop();
  };
  return { done: deliver(), stop, kill: () => pool.kill() };
}

function stuckText({ flush, outcome }: Extract<MappingEvent, { kind: 'flush-failed' }>): string {
  return `Flush ${flush.batch} failed ${flush.attempt} times, so the run ends: ${outcome.errorMessage}`;
}

function headerRows(options: FileOptions, environment: RunEnvironment): HeaderRows {
  const { maxRecords, records, timeoutMs } = options;
  const topics = Map.groupBy(records, ({ topic }) => topic);
  const many = [...topics].map(([topic, own]) => {
    const partitions = new Set(own.map(partitionName)).size;
    return `${topic}, ${counted(partitions, 'partition')}, ${counted(own.length, 'record')}`;
  });
  return [
    ['topic', many.join('; ')],
    ['batches', `at most ${counted(maxRecords, 'record')}`],
    ['function', `dist/sink.mjs, timeout ${seconds(timeoutMs)}`],
    ...environmentRows(environment),
  ];
}
