import {
  DynamoDBClient,
  type Put,
  PutItemCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type LedgerTable, startLedgerTable } from '../../../local/aws/ledger-table.ts';
import { localClient } from '../../../local/aws/local-client.ts';

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

/** A put that takes the place of the version before alone; the first if that is 0. */
const put = (id: string, version: number, text = ''): Put => ({
  TableName: table.tableName,
  Item: { id: { S: id }, version: { N: String(version) }, text: { S: text } },
  ...(version === 1
    ? { ConditionExpression: 'attribute_not_exists(id)' }
    : {
        ConditionExpression: 'version = :before',
        ExpressionAttributeValues: { ':before': { N: String(version - 1) } },
      }),
});

const transaction = (puts: readonly Put[], ClientRequestToken?: string) =>
  new TransactWriteItemsCommand({
    TransactItems: puts.map((Put) => ({ Put })),
    ...(ClientRequestToken === undefined ? {} : { ClientRequestToken }),
  });

const versions = async () =>
  Object.fromEntries((await table.items()).map(({ id, version }) => [id, version]));

test('all items are written', async () => {
  await client.send(transaction([put('a', 1), put('b', 1)]));
  await client.send(transaction([put('a', 2), put('c', 1)]));
  expect(await versions()).toEqual({ a: 2, b: 1, c: 1 });
});

test('or none, with the reason of each', async () => {
  await client.send(transaction([put('a', 1), put('b', 1)]));
  await expect(
    client.send(transaction([put('a', 2), put('a2', 2), put('c', 1), put('b', 3), put('d', 1)])),
  ).rejects.toMatchObject({
    name: 'TransactionCanceledException',
    CancellationReasons: [
      { Code: 'None' },
      { Code: 'ConditionalCheckFailed' },
      { Code: 'None' },
      { Code: 'ConditionalCheckFailed' },
      { Code: 'None' },
    ],
  });
  expect(await versions()).toEqual({ a: 1, b: 1 });
});

test('an item above 400 KB cancels the transaction', async () => {
  const large = put('b', 1, 'x'.repeat(409_600));
  await expect(client.send(transaction([put('a', 1), large]))).rejects.toMatchObject({
    CancellationReasons: [{ Code: 'None' }, { Code: 'ValidationError' }],
  });
  expect(await versions()).toEqual({});
});

test('more than 4 MB of items are refused, and nearly as much is not', async () => {
  const items = (count: number) =>
    Array.from({ length: count }, (_, at) => put(`item ${at}`, 1, 'x'.repeat(400_000)));
  await expect(client.send(transaction(items(11)))).rejects.toMatchObject({
    name: 'ValidationException',
  });
  expect(await versions()).toEqual({});
  await client.send(transaction(items(10)));
  expect(await table.items()).toHaveLength(10);
});

test('of many transactions about one item exactly one wins, and no other call sees half of one', async () => {
  const sent = Array.from({ length: 10 }, (_, at) =>
    client.send(transaction([put(`own ${at}`, 1), put('shared', 1)])),
  );
  const single = client.send(new PutItemCommand(put('shared', 1) as Put & { Item: object }));
  const outcomes = await Promise.allSettled([...sent, single]);
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect((await table.items()).length).toBeLessThanOrEqual(2);
});

test('a token that was used changes nothing, and is refused for something else', async () => {
  await client.send(transaction([put('a', 1), put('b', 1)], 'token'));
  await client.send(transaction([put('a', 1), put('b', 1)], 'token'));
  expect(await versions()).toEqual({ a: 1, b: 1 });
  const other = transaction([put('a', 2), put('b', 2)], 'token');
  await expect(client.send(other)).rejects.toMatchObject({
    name: 'IdempotentParameterMismatchException',
  });
});

test('more than 100 items, and one item twice, are refused', async () => {
  const many = Array.from({ length: 101 }, (_, at) => put(`item ${at}`, 1));
  for (const puts of [many, [put('a', 1), put('a', 1)]]) {
    await expect(client.send(transaction(puts))).rejects.toMatchObject({
      name: 'ValidationException',
    });
  }
});
