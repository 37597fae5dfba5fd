import {
  type ClusterMetadata,
  type ConnectionPool,
  type Consumer,
  FetchIsolationLevels,
  findErrorBy,
} from '@platformatic/kafka';
import type { SourceRecord } from '../event-source-mapping/source-record.ts';
import { isPlaced, type PlacedShare, type Share } from './share.ts';
import { type FetchedPartition, type FetchResponse, visibleRecords } from './visible-records.ts';

/** How long a broker may wait for the first record, and how much it sends at once. */
const waitMs = 500;
const partitionBytes = 1024 * 1024;
const fetchBytes = 8 * partitionBytes;

/** A consumer, and connections for its fetches alone: a broker that waits holds up nothing else. */
export interface FetchClient {
  consumer: Consumer;
  connections: ConnectionPool;
}

/** One fetch from one broker: `shares` are among those that it leads. */
export interface Fetch {
  node: number;
  shares: readonly PlacedShare[];
  metadata: ClusterMetadata;
}

/**
 * Fetches once, hands out the records and moves the shares on; rejects when the broker cannot be
 * asked. The answer for a share that is over by then, or has moved, is dropped.
 */
export async function fetchOnce(
  { consumer, connections }: FetchClient,
  { node, shares, metadata }: Fetch,
  put: (record: SourceRecord) => void,
): Promise<void> {
  const asked = new Map(shares.map((share) => [share, share.next]));
  const request = {
    ...{
      node,
      connectionPool: connections,
      maxWaitTime: waitMs,
      minBytes: 1,
      maxBytes: fetchBytes,
    },
    isolationLevel: FetchIsolationLevels.READ_COMMITTED,
    topics: requestTopics(shares, metadata),
  };
  const response = await consumer.fetch(request).catch((error: unknown) => outOfRange(error));
  for (const { topicId, partitions } of response.responses) {
    for (const partition of partitions) {
      const share = shares.find(
        (one) =>
          one.partition === partition.partitionIndex &&
          metadata.topics.get(one.topic)?.id === topicId,
      );
      if (share === undefined || !isPlaced(share) || asked.get(share) !== share.next) continue;
      accept(share, partition, put);
    }
  }
}

function requestTopics(shares: readonly PlacedShare[], metadata: ClusterMetadata) {
  return [...Map.groupBy(shares, ({ topic }) => topic)].map(([topic, those]) => ({
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

/** The response behind an error that only says that a position is not in the log. */
function outOfRange(error: unknown): FetchResponse {
  const failure =
    error instanceof Error ? findErrorBy(error, 'apiId', 'OFFSET_OUT_OF_RANGE') : null;
  const response = (error as { response?: FetchResponse }).response;
  if (failure === null || response === undefined || response.errorCode !== 0) throw error;
  return response;
}

const offsetOutOfRange = 1;

function accept(
  share: PlacedShare,
  fetched: FetchedPartition,
  put: (record: SourceRecord) => void,
): void {
  if (fetched.errorCode === offsetOutOfRange) loseWay(share);
  if (fetched.errorCode !== 0) return;
  const { records, next } = visibleRecords(share, share.next, fetched);
  share.next = next;
  share.end = Number(fetched.highWatermark);
  share.lastSeen = records.at(-1)?.offset ?? share.lastSeen;
  for (const record of records) put(record);
}

function loseWay(share: Share): void {
  share.astray = share.next;
  share.next = null;
}

/** The broker that leads each of `shares`; shares whose leader is unknown are left out. */
export function byLeader(
  shares: readonly Share[],
  metadata: ClusterMetadata,
): Map<number, PlacedShare[]> {
  const placed = shares.filter(isPlaced);
  const led = Map.groupBy(
    placed,
    ({ topic, partition }) => metadata.topics.get(topic)?.partitions[partition]?.leader ?? -1,
  );
  led.delete(-1);
  return led;
}
