import { randomUUID } from 'node:crypto';
import type { Sql } from 'postgres';
import { afterAll, beforeAll, expect } from 'vitest';
import { cluster } from './cluster.ts';
import { postgresConnector } from './connect/debezium.ts';
import { type Connector, type ConnectWorker, startConnect } from './connect/worker.ts';
import { type PostgresServer, startPostgres } from './postgres/server.ts';
import { givenTopic, type Topic } from './topic.ts';

/** A table of PostgreSQL of the test's own, and the topic that Debezium writes its changes into. */
export interface CapturedTable {
  sql: Sql;
  table: string;
  topic: Topic;
  /** Starts Debezium's connector, which begins with the rows that the table has then. */
  capture(): Promise<void>;
  /** Waits until the topic has this many records; rejects with the connector's error. */
  hasRecords(count: number): Promise<void>;
}

/** PostgreSQL and Kafka Connect for the tests of a file. */
export interface ChangeCapture {
  /** Names a table, which the test creates, and makes its topic. */
  givenTable(partitions: number): Promise<CapturedTable>;
}

/** Starts both servers before the tests of a file, and ends them after. */
export function givenChangeCapture(): ChangeCapture {
  const servers: { postgres?: PostgresServer; connect?: ConnectWorker } = {};
  beforeAll(async () => {
    servers.postgres = await startPostgres();
    servers.connect = await startConnect(cluster().brokers);
  });
  afterAll(async () => {
    await servers.connect?.stop();
    await servers.postgres?.stop();
  });
  return {
    givenTable(partitions) {
      const { postgres, connect } = servers;
      if (!postgres || !connect) throw new Error('The servers are started before each test');
      return givenTable(postgres, connect, partitions);
    },
  };
}

async function givenTable(
  { port, sql }: PostgresServer,
  connect: ConnectWorker,
  partitions: number,
): Promise<CapturedTable> {
  const id = randomUUID().slice(0, 8);
  const [prefix, table] = [`e2e-${id}`, `contact_${id}`];
  const topic = await givenTopic({ partitions, name: `${prefix}.public.${table}` });
  let connector: Connector | null = null;
  return {
    ...{ sql, table, topic },
    async capture() {
      connector = await connect.create(prefix, postgresConnector({ port, prefix, table }));
    },
    async hasRecords(count) {
      const records = async () => {
        await connector?.check();
        return (await topic.ends()).reduce((sum, end) => sum + end, 0);
      };
      await expect.poll(records, { timeout: 60_000, interval: 100 }).toBe(count);
    },
  };
}
