import { randomUUID } from 'node:crypto';
import { Admin, type MessageToProduce, Producer } from '@platformatic/kafka';
import { expect, onTestFinished } from 'vitest';
import { clientOptions } from '../../../local/kafka-consumer/cluster-access.ts';
import { cluster, plainAccess } from './cluster.ts';

/** A message as a test writes it; text is UTF-8, an absent value is a tombstone. */
export interface Message {
  partition?: number;
  key?: string | Buffer;
  value?: string | Buffer;
  headers?: readonly (readonly [name: string, value: Buffer])[];
  timestamp?: number;
}

/** How a producer packs its batches. */
export interface ProduceOptions {
  compression?: 'none' | 'gzip' | 'snappy' | 'lz4' | 'zstd';
}

/** A topic of the test's own, removed when the test has finished. */
export interface Topic {
  name: string;
  partitions: number;
  brokers: readonly string[];
  admin: Admin;
  /** Appends messages in their order, and resolves when the cluster has them. */
  produce(messages: readonly Message[], options?: ProduceOptions): Promise<void>;
  /** Makes a producer that opens transactions, one after the other. */
  transactions(): Transactions;
  /** The offset behind the last record of each partition. */
  ends(): Promise<number[]>;
  /** What a group has committed of each partition; -1 for nothing. */
  committed(group: string): Promise<number[]>;
}

/** Appends messages in a transaction, which stays open until it is committed or aborted. */
export type Transactions = (
  messages: readonly Message[],
) => Promise<Record<'commit' | 'abort', () => Promise<void>>>;

/** How a topic is made, and its name if it matters; `brokers` are the suite's if left out. */
export interface TopicOptions {
  name?: string;
  partitions?: number;
  replicas?: number;
  configs?: Readonly<Record<string, string>>;
  brokers?: readonly string[];
}

const producedAtOnce = 5000;

/** Makes a topic, with a name of its own unless one is given. */
export async function givenTopic(options: TopicOptions = {}): Promise<Topic> {
  const { partitions = 1, replicas = 1, configs = {}, brokers = cluster().brokers } = options;
  const { name = `e2e-${randomUUID().slice(0, 13)}` } = options;
  const client = { ...clientOptions(plainAccess(brokers)), retries: 5 };
  const admin = new Admin(client);
  await admin.createTopics({
    topics: [name],
    ...{ partitions, replicas },
    configs: Object.entries(configs).map(([key, value]) => ({ name: key, value })),
  });
  // Before every partition has a leader, a producer may append twice what it appends at once.
  const first = Array.from({ length: partitions }, () => 0);
  await expect.poll(() => ends(admin, name), { timeout: 20_000 }).toEqual(first);
  onTestFinished(async () => {
    await admin.deleteTopics({ topics: [name] }).catch(() => undefined);
    await admin.close();
  });
  return {
    ...{ name, partitions, brokers, admin },
    produce: (messages, packing = {}) =>
      produce({ ...client, ...packing }, messages.map(toProduce(name))),
    transactions: () => transactions(client, name),
    ends: () => ends(admin, name),
    committed: (group) => committed(admin, group, { name, partitions }),
  };
}

const toProduce =
  (topic: string) =>
  ({ partition = 0, key, value, headers = [], timestamp }: Message): MessageToProduce => ({
    topic,
    partition,
    ...(key === undefined ? {} : { key: Buffer.from(key) }),
    ...(value === undefined ? {} : { value: Buffer.from(value) }),
    headers: new Map(headers.map(([header, bytes]) => [Buffer.from(header), bytes])),
    ...(timestamp === undefined ? {} : { timestamp: BigInt(timestamp) }),
  });

type Client = ConstructorParameters<typeof Admin>[0] & ProduceOptions;

async function produce(client: Client, messages: readonly MessageToProduce[]): Promise<void> {
  const producer = new Producer({ ...client, acks: -1 });
  try {
    for (let from = 0; from < messages.length; from += producedAtOnce) {
      await producer.send({ messages: messages.slice(from, from + producedAtOnce) });
    }
  } finally {
    await producer.close();
  }
}

function transactions(client: Client, topic: string): Transactions {
  const producer = new Producer({ ...client, idempotent: true, transactionalId: randomUUID() });
  onTestFinished(() => producer.close());
  return async (messages) => {
    const transaction = await producer.beginTransaction();
    for (const message of messages.map(toProduce(topic))) {
      await transaction.send({ messages: [message] });
    }
    return { commit: () => transaction.commit(), abort: () => transaction.abort() };
  };
}

async function ends(admin: Admin, name: string): Promise<number[]> {
  const { topics } = await admin.metadata({ topics: [name], forceUpdate: true });
  const count = topics.get(name)?.partitionsCount ?? 0;
  const partitions = Array.from({ length: count }, (_, partitionIndex) => ({
    partitionIndex,
    timestamp: -1n,
  }));
  const [topic] = await admin.listOffsets({ topics: [{ name, partitions }] });
  const offsets = new Map(topic?.partitions.map((one) => [one.partitionIndex, one.offset]));
  return partitions.map(({ partitionIndex }) => Number(offsets.get(partitionIndex) ?? -1));
}

async function committed(
  admin: Admin,
  group: string,
  { name, partitions }: Pick<Topic, 'name' | 'partitions'>,
): Promise<number[]> {
  const [found] = await admin.listConsumerGroupOffsets({ groups: [group] });
  const topic = found?.topics.find((one) => one.name === name);
  const offsets = new Map(topic?.partitions.map((one) => [one.partitionIndex, one]));
  return Array.from({ length: partitions }, (_, partition) =>
    Number(offsets.get(partition)?.committedOffset ?? -1),
  );
}
