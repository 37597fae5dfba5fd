import type { IncomingMessage, Server } from 'node:http';
import {
  CreateTableCommand,
  DeleteItemCommand,
  DynamoDBClient,
  paginateScan,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import dynalite from 'dynalite';
import { listen } from './listen.ts';
import { localClient } from './local-client.ts';
import { Transactions } from './transactions.ts';

/** A DynamoDB with one empty table, whose partition key is the string `id`. */
export interface LedgerTable {
  /** For `AWS_ENDPOINT_URL_DYNAMODB`, without a slash at the end. */
  url: string;
  /** For `LEDGER_TABLE`. */
  tableName: string;
  /** All items as plain objects, sorted by `id`. */
  items(): Promise<Record<string, unknown>[]>;
  /** Deletes an item, as its time to live would; an unknown id is no error. */
  remove(id: string): Promise<void>;
  /** Stops it and drops open connections. */
  close(): Promise<void>;
}

const ledgerTableName = 'msk-salesforce-sink-ledger';

/**
 * Starts a DynamoDB emulator on the loopback interface, for the real SDK client.
 *
 * It is dynalite, in memory, with transactions before it. It checks keys, conditions and sizes as
 * DynamoDB does, requires a signed request without checking the signature, and never expires an item.
 *
 * dynalite can also store tables on disk, by a database with native code. `overrides` in
 * `package.json` replaces that database by its in-memory variant, so that installing needs no
 * compiler.
 */
export async function startLedgerTable(): Promise<LedgerTable> {
  const server = dynalite({ createTableMs: 0 });
  server.on('request', surviveLostClient);
  new Transactions(server);
  const url = await listen(server);
  const client = new DynamoDBClient({ ...localClient, endpoint: url });
  await createTable(client);
  return {
    url,
    tableName: ledgerTableName,
    items: () => readItems(client),
    async remove(id) {
      await client.send(
        new DeleteItemCommand({ TableName: ledgerTableName, Key: { id: { S: id } } }),
      );
    },
    async close() {
      client.destroy();
      await stop(server);
    },
  };
}

/** dynalite throws when a client disconnects during a request, which would end this process. */
function surviveLostClient(request: IncomingMessage): void {
  request.removeAllListeners('error');
  request.on('error', () => undefined);
}

async function createTable(client: DynamoDBClient): Promise<void> {
  await client.send(
    new CreateTableCommand({
      TableName: ledgerTableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    }),
  );
  const patience = { client, minDelay: 1, maxWaitTime: 10 };
  await waitUntilTableExists(patience, { TableName: ledgerTableName });
}

async function readItems(client: DynamoDBClient): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  const scan = { TableName: ledgerTableName, ConsistentRead: true };
  for await (const page of paginateScan({ client }, scan)) {
    for (const item of page.Items ?? []) items.push(unmarshall(item));
  }
  return items.toSorted((a, b) => (String(a['id']) < String(b['id']) ? -1 : 1));
}

async function stop(server: Server): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
}
