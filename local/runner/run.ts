import { type Mapping, startMapping } from '../event-source-mapping/mapping.ts';
import type { MappingEvent } from '../event-source-mapping/mapping-event.ts';
import { checkCluster, type TopicInfo } from '../kafka-consumer/check-cluster.ts';
import { kafkaSource } from '../kafka-consumer/kafka-source.ts';
import { FunctionPool } from '../lambda-runtime/function-pool.ts';
import type { Display } from '../terminal/display.ts';
import { counted, seconds } from '../terminal/format.ts';
import { isMetricsLine, readLogLine } from '../terminal/function-log.ts';
import type { RunnerOptions } from './options.ts';
import type { RunEnvironment } from './run-environment.ts';
import { errantLines, openStatus } from './status-lines.ts';

/** A run of the function on a cluster. */
export interface Run {
  /** Resolves after `stop`; rejects when the cluster can no longer be read. */
  done: Promise<void>;
  /** Stops after the invocations in flight, whose records are committed if they succeed. */
  stop(): void;
  /** Kills the invocations in flight too; their records are not committed. */
  kill(): Promise<void>;
}

/**
 * Checks the cluster once and starts to deliver its records to the function.
 *
 * Rejects with the error of the Kafka client when the cluster cannot be used.
 */
export async function startRun(
  options: RunnerOptions,
  environment: RunEnvironment,
  display: Display,
): Promise<Run> {
  const topics = await checkCluster(options.access, options.topics);
  showHeader(display, { options, environment, topics });
  const pool = openPool(options, environment, display);
  const onEvent = (event: MappingEvent) => display.show(status.lines(event));
  const source = kafkaSource({ ...options, onEvent });
  const status = openStatus({ now: Date.now, lag: () => source.lag() });
  const { concurrency, maxRecords, windowMs } = options;
  const mapping: Mapping = startMapping({
    ...{ source, concurrency, onEvent },
    invoke: (event) => pool.invoke(event),
    origin: {
      eventSource: 'SelfManagedKafka',
      bootstrapServers: options.access.brokers.join(','),
    },
    limits: { maxRecords, windowMs },
  });
  const done = mapping.done.finally(() => pool.kill());
  return { done, stop: () => void mapping.stop(), kill: () => pool.kill() };
}

function openPool(
  { concurrency, verbose }: RunnerOptions,
  { functionSettings }: RunEnvironment,
  display: Display,
): FunctionPool {
  return new FunctionPool(functionSettings, concurrency, ({ text }) => {
    const line = readLogLine(text);
    if (verbose || (line === null && !isMetricsLine(text))) display.lines('faint', text);
    if (line !== null) display.show(errantLines(line));
  });
}

interface Header {
  options: RunnerOptions;
  environment: RunEnvironment;
  topics: readonly TopicInfo[];
}

function showHeader(display: Display, { options, environment, topics }: Header): void {
  const { access, concurrency, from, group, maxRecords, timeoutMs, windowMs } = options;
  const { emulator, ledger, object, salesforceUrl } = environment;
  const many = topics.map(({ name, partitions }) => `${name}, ${counted(partitions, 'partition')}`);
  display.lines('heading', `msk-salesforce-sink on ${access.brokers.join(', ')}`, '');
  display.lines(
    'plain',
    `  topic       ${many.join('; ')}`,
    `  group       ${group}, from ${from} where it has no offsets`,
    `  batches     at most ${counted(maxRecords, 'record')}, window ${seconds(windowMs)}`,
    `  function    dist/sink.mjs, concurrency ${concurrency}, timeout ${seconds(timeoutMs)}`,
    `  Salesforce  ${emulator === null ? 'org' : 'emulator'} at ${salesforceUrl}, object ${object}`,
    `  ledger      ${ledger}`,
    '',
  );
}
