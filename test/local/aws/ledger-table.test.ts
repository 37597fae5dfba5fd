import { once } from 'node:events';
import { connect } from 'node:net';
import {
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type LedgerTable, startLedgerTable } from '../../../local/aws/ledger-table.ts';
import { localClient } from '../../../local/aws/local-client.ts';
import { withEnvironment } from '../../support/environment.ts';

let table: LedgerTable;
let client: DynamoDBClient;

beforeEach(async () => {
  table = await startLedgerTable();
  client = new DynamoDBClient({ ...localClient, endpoint: table.url, maxAttempts: 1 });
});
afterEach(async () => {
  client.destroy();
  await table.close();
});

/** A write that takes the place of version `version - 1` alone. */
function write(id: string, version: number) {
  return new PutItemCommand({
    TableName: table.tableName,
    Item: { id: { S: id }, version: { N: String(version) } },
    ConditionExpression: 'attribute_not_exists(#id) OR #version = :previous',
    ExpressionAttributeNames: { '#id': 'id', '#version': 'version' },
    ExpressionAttributeValues: { ':previous': { N: String(version - 1) } },
  });
}

function read(ids: readonly string[]) {
  const Keys = ids.map((id) => ({ id: { S: id } }));
  return new BatchGetItemCommand({
    RequestItems: { [table.tableName]: { Keys, ConsistentRead: true } },
  });
}

test('the SDK finds the emulation through AWS_ENDPOINT_URL_DYNAMODB', async () => {
  await withEnvironment(
    {
      AWS_ENDPOINT_URL_DYNAMODB: table.url,
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
    },
    async () => {
      const bare = new DynamoDBClient({});
      await bare.send(write('a', 1));
      bare.destroy();
    },
  );

  expect(await table.items()).toEqual([{ id: 'a', version: 1 }]);
});

test('several items are read at once and consistently; one that is not there is left out', async () => {
  await client.send(write('a', 1));
  await client.send(write('b', 1));

  const { Responses, UnprocessedKeys } = await client.send(read(['a', 'b', 'none']));

  expect(Responses?.[table.tableName]).toHaveLength(2);
  expect(Responses?.[table.tableName]).toEqual(
    expect.arrayContaining([
      { id: { S: 'a' }, version: { N: '1' } },
      { id: { S: 'b' }, version: { N: '1' } },
    ]),
  );
  expect(UnprocessedKeys).toEqual({});
});

test('a conditional write that lost the race is refused and changes nothing', async () => {
  await client.send(write('a', 1));
  await client.send(write('a', 2));

  await expect(client.send(write('a', 2))).rejects.toThrow(ConditionalCheckFailedException);
  expect(await table.items()).toEqual([{ id: 'a', version: 2 }]);
});

test('of many writes of one version exactly one wins', async () => {
  for (const version of [1, 2]) {
    const writes = Array.from({ length: 20 }, () => client.send(write('a', version)));
    const outcomes = await Promise.allSettled(writes);

    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  }
});

test('items are plain objects in the order of their ids, also beyond one page of a scan', async () => {
  const text = 'x'.repeat(300_000);
  for (const id of ['e', 'c', 'a', 'd', 'b']) {
    const Item = { id: { S: id }, text: { S: text }, jobs: { L: [{ M: { from: { N: '7' } } }] } };
    await client.send(new PutItemCommand({ TableName: table.tableName, Item }));
  }

  const items = await table.items();

  expect(items.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd', 'e']);
  expect(items[0]).toEqual({ id: 'a', text, jobs: [{ from: 7 }] });
});

test('an item is removed as its time to live would, and one that is not there is no error', async () => {
  await client.send(write('a', 1));

  await table.remove('a');
  await table.remove('a');

  expect(await table.items()).toEqual([]);
});

test('a table that is not there and an item above 400 KB are refused', async () => {
  const other = new GetItemCommand({ TableName: 'other', Key: { id: { S: 'a' } } });
  await expect(client.send(other)).rejects.toThrow(ResourceNotFoundException);

  const Item = { id: { S: 'a' }, text: { S: 'x'.repeat(409_600) } };
  await expect(
    client.send(new PutItemCommand({ TableName: table.tableName, Item })),
  ).rejects.toMatchObject({ name: 'ValidationException' });
});

test('a client that is gone in the middle of a request does no harm', async () => {
  const socket = connect(Number(new URL(table.url).port), '127.0.0.1');
  const head = 'POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\n\r\n{';
  await new Promise((done) => socket.write(head, done));
  await client.send(write('a', 1));
  socket.resetAndDestroy();
  await once(socket, 'close');

  await client.send(write('b', 1));
  expect(await table.items()).toHaveLength(2);
});

test('closing does not wait for open connections, and nothing is left of the table', async () => {
  await client.send(write('a', 1));
  await table.close();
  table = await startLedgerTable();

  expect(await table.items()).toEqual([]);
});
