import {
  type ClusterMetadata,
  type ConnectionPool,
  type Consumer,
  FetchIsolationLevels,
  findErrorBy,
} from '@platformatic/kafka';
import type { SourceRecord } from '../event-source-mapping/source-record.ts';
import {
  type AssignedPartition,
  hasPosition,
  type PositionedPartition,
} from './assigned-partition.ts';
import { type FetchedPartition, type FetchResponse, visibleRecords } from './visible-records.ts';

/** How long a broker waits for the first record, and how much it sends at once. */
const waitMs = 500;
const partitionBytes = 1024 * 1024;
const fetchBytes = 8 * partitionBytes;

/**
 * A consumer, and separate connections for fetches: a broker that waits then blocks nothing else.
 */
export interface FetchClient {
  consumer: Consumer;
  connections: ConnectionPool;
}

/** One fetch from one broker, of partitions that it leads. */
export interface Fetch {
  node: number;
  assignments: readonly PositionedPartition[];
  metadata: ClusterMetadata;
}

/**
 * Fetches once, hands out the records and advances the positions; rejects when the request fails.
 * The response for a partition that was revoked or repositioned meanwhile is dropped.
 */
export async function fetchOnce(
  { consumer, connections }: FetchClient,
  { node, assignments, metadata }: Fetch,
  put: (record: SourceRecord) => void,
): Promise<void> {
  const requested = new Map(assignments.map((assignment) => [assignment, assignment.next]));
  const request = {
    ...{
      node,
      connectionPool: connections,
      maxWaitTime: waitMs,
      minBytes: 1,
      maxBytes: fetchBytes,
    },
    isolationLevel: FetchIsolationLevels.READ_COMMITTED,
    topics: requestTopics(assignments, metadata),
  };
  const response = await consumer
    .fetch(request)
    .catch((error: unknown) => outOfRangeResponse(error));
  for (const { topicId, partitions } of response.responses) {
    for (const partition of partitions) {
      const assignment = assignments.find(
        (one) =>
          one.partition === partition.partitionIndex &&
          metadata.topics.get(one.topic)?.id === topicId,
      );
      if (
        assignment === undefined ||
        !hasPosition(assignment) ||
        requested.get(assignment) !== assignment.next
      )
        continue;
      accept(assignment, partition, put);
    }
  }
}

function requestTopics(assignments: readonly PositionedPartition[], metadata: ClusterMetadata) {
  return [...Map.groupBy(assignments, ({ topic }) => topic)].map(([topic, those]) => ({
    topicId: metadata.topics.get(topic)?.id ?? '',
    partitions: those.map(({ partition, next }) => ({
      partition,
      fetchOffset: BigInt(next),
      partitionMaxBytes: partitionBytes,
      currentLeaderEpoch: -1,
      lastFetchedEpoch: -1,
    })),
  }));
}

/** The response in an error that only says that a position is not in the log. */
function outOfRangeResponse(error: unknown): FetchResponse {
  const failure =
    error instanceof Error ? findErrorBy(error, 'apiId', 'OFFSET_OUT_OF_RANGE') : null;
  const response = (error as { response?: FetchResponse }).response;
  if (failure === null || response === undefined || response.errorCode !== 0) throw error;
  return response;
}

const offsetOutOfRange = 1;

function accept(
  assignment: PositionedPartition,
  fetched: FetchedPartition,
  put: (record: SourceRecord) => void,
): void {
  if (fetched.errorCode === offsetOutOfRange) losePosition(assignment);
  if (fetched.errorCode !== 0) return;
  const { records, next } = visibleRecords(assignment, assignment.next, fetched);
  assignment.next = next;
  assignment.end = Number(fetched.highWatermark);
  assignment.lastOffset = records.at(-1)?.offset ?? assignment.lastOffset;
  for (const record of records) put(record);
}

function losePosition(assignment: AssignedPartition): void {
  assignment.outOfRange = assignment.next;
  assignment.next = null;
}

/** The partitions by the broker that leads them; those whose leader is unknown are left out. */
export function byLeader(
  assignments: readonly AssignedPartition[],
  metadata: ClusterMetadata,
): Map<number, PositionedPartition[]> {
  const positioned = assignments.filter(hasPosition);
  const led = Map.groupBy(
    positioned,
    ({ topic, partition }) => metadata.topics.get(topic)?.partitions[partition]?.leader ?? -1,
  );
  led.delete(-1);
  return led;
}
