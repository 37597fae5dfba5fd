import type { RecordSource } from '../event-source-mapping/record-source.ts';
import type { TopicPartition } from '../event-source-mapping/source-record.ts';
import { lagOf, topicPartition } from './assigned-partition.ts';
import { type KafkaSourceSettings, Member } from './member.ts';

/** How many offsets of a partition are not delivered yet; null while unknown. */
export type PartitionLag = TopicPartition & { lag: number | null };

/** A record source that reports the lag of its assigned partitions. */
export type KafkaSource = RecordSource & { lag(): PartitionLag[] };

/**
 * A source of the records of Kafka topics, as one member of a consumer group.
 *
 * Revoked partitions are dropped from the buffer and no longer committed. It reads committed data
 * only.
 */
export function kafkaSource(settings: KafkaSourceSettings): KafkaSource {
  const member = new Member(settings);
  return {
    read: (buffer, signal) => member.read(buffer, signal),
    commit: (pending, signal) => member.committer.commit(pending, signal),
    close: () => member.close(),
    lag: () =>
      member
        .assigned()
        .map((assignment) => ({ ...topicPartition(assignment), lag: lagOf(assignment) })),
  };
}
