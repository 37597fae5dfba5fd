import { type Mapping, startMapping } from '../event-source-mapping/mapping.ts';
import type { MappingEvent } from '../event-source-mapping/mapping-event.ts';
import { checkCluster, type TopicInfo } from '../kafka-consumer/check-cluster.ts';
import { kafkaSource } from '../kafka-consumer/kafka-source.ts';
import { counted, seconds } from '../terminal/format.ts';
import { endLines } from './end-lines.ts';
import { environmentRows, type HeaderRows, headerLines } from './header.ts';
import type { ClusterOptions } from './options.ts';
import { openPool } from './pool.ts';
import type { RunDisplay } from './run-display.ts';
import type { RunEnvironment } from './run-environment.ts';
import { openStatus } from './status-lines.ts';

/** A run of the function. */
export interface Run {
  /**
   * Resolves with the exit status when the source has ended, or after `stop`; what is in Salesforce
   * is shown by then. Rejects when the source can no longer be read.
   */
  done: Promise<number>;
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
  options: ClusterOptions,
  environment: RunEnvironment,
  display: RunDisplay,
): Promise<Run> {
  const topics = await checkCluster(options.access, options.topics);
  display.show(
    headerLines(options.access.brokers.join(', '), headerRows(options, environment, topics)),
  );
  const pool = openPool({ ...options, ...environment, display });
  const onEvent = (event: MappingEvent) => {
    display.event(event);
    display.show(status.lines(event));
  };
  const source = kafkaSource({ ...options, onEvent });
  const status = openStatus({ now: Date.now, lag: () => source.lag() });
  display.watch(titleOf(options, environment), () => source.lag());
  const { concurrency, maxRecords, windowMs } = options;
  const mapping: Mapping = startMapping({
    source,
    concurrency,
    onEvent,
    invoke: (event) => pool.invoke(event),
    origin: {
      eventSource: 'SelfManagedKafka',
      bootstrapServers: options.access.brokers.join(','),
    },
    limits: { maxRecords, windowMs },
  });
  const deliver = async () => {
    await mapping.done.finally(() => pool.kill()).finally(() => display.end());
    display.show(await endLines(environment));
    return 0;
  };
  return { done: deliver(), stop: () => void mapping.stop(), kill: () => pool.kill() };
}

function titleOf({ topics }: ClusterOptions, { object }: RunEnvironment): string {
  return `msk-salesforce-sink  ${topics.join(', ')} → ${object}`;
}

function headerRows(
  options: ClusterOptions,
  environment: RunEnvironment,
  topics: readonly TopicInfo[],
): HeaderRows {
  const { concurrency, from, group, maxRecords, timeoutMs, windowMs } = options;
  const many = topics.map(({ name, partitions }) => `${name}, ${counted(partitions, 'partition')}`);
  return [
    ['topic', many.join('; ')],
    ['group', `${group}, from ${from} where it has no offsets`],
    ['batches', `at most ${counted(maxRecords, 'record')}, window ${seconds(windowMs)}`],
    ['function', `dist/sink.mjs, concurrency ${concurrency}, timeout ${seconds(timeoutMs)}`],
    ...environmentRows(environment),
  ];
}
