import { type ClusterMetadata, ConnectionPool, Consumer } from '@platformatic/kafka';
import type { SourceRecord } from '../event-source-mapping/source-record.ts';
import {
  type AssignedPartition,
  hasPosition,
  newAssignedPartition,
  type PositionedPartition,
} from './assigned-partition.ts';
import { type ClusterAccess, clientOptions } from './cluster-access.ts';
import { byLeader, type FetchClient, fetchOnce } from './fetch.ts';
import { seekToEdge } from './positions.ts';

/** A partition with the offset at which reading stops. */
interface Range {
  readonly assignment: AssignedPartition;
  readonly end: number;
}

/** The last `count` offsets of each partition. */
async function newestRanges(
  consumer: Consumer,
  assignments: readonly AssignedPartition[],
  count: number,
): Promise<Range[]> {
  await seekToEdge(consumer, assignments, 'LATEST');
  const ends = assignments.map(({ next }) => next ?? 0);
  await seekToEdge(consumer, assignments, 'TRIM_HORIZON');
  return assignments.map((assignment, index) => {
    const end = ends[index] as number;
    assignment.next = Math.max(assignment.next ?? 0, end - count);
    return { assignment, end };
  });
}

/** Reads until the ends, or until nothing more can be read: an open transaction may be before one. */
async function readRanges(
  client: FetchClient,
  ranges: readonly Range[],
  metadata: ClusterMetadata,
): Promise<SourceRecord[]> {
  const records: SourceRecord[] = [];
  const isUnread = ({ assignment: { next }, end }: Range) => next !== null && next < end;
  const positions = () => ranges.map(({ assignment }) => assignment.next).join();
  for (let before = ''; ranges.some(isUnread) && before !== positions(); ) {
    before = positions();
    const unread = ranges.filter(isUnread).map(({ assignment }) => assignment);
    const fetch = ([node, assignments]: [number, PositionedPartition[]]) =>
      fetchOnce(client, { node, assignments, metadata }, (record) => records.push(record));
    await Promise.all([...byLeader(unread.filter(hasPosition), metadata)].map(fetch));
  }
  const ends = new Map(ranges.map(({ assignment, end }) => [assignment.partition, end]));
  return records.filter(({ partition, offset }) => offset < (ends.get(partition) ?? 0));
}

/**
 * Reads the newest committed records of a topic, at most `count`, in the order of their timestamps.
 * Nothing is committed and no group is joined. There can be fewer than exist: offsets of a compacted
 * topic and of transactions that hold no record count too. Rejects with the error of the client.
 */
export async function newestRecords(
  access: ClusterAccess,
  topic: string,
  count: number,
): Promise<SourceRecord[]> {
  const options = clientOptions(access);
  const consumer = new Consumer({ ...options, groupId: 'none' });
  const connections = new ConnectionPool(options.clientId, options);
  try {
    const metadata = await consumer.metadata({ topics: [topic] });
    const partitions = metadata.topics.get(topic)?.partitionsCount ?? 0;
    const assignments = Array.from({ length: partitions }, (_, partition) =>
      newAssignedPartition({ topic, partition }),
    );
    const ranges = await newestRanges(consumer, assignments, count);
    const records = await readRanges({ consumer, connections }, ranges, metadata);
    return records.toSorted((one, other) => one.timestamp - other.timestamp).slice(-count);
  } finally {
    await Promise.allSettled([consumer.close(true), connections.close()]);
  }
}
