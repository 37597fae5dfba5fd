import {
  DynamoDBClient,
  type PutItemCommand,
  type TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, expect, test } from 'vitest';
import type { Flush } from '../../../cli/plan/simulation/flush.ts';
import { ledgerUse } from '../../../cli/plan/simulation/ledger-use.ts';
import { totalsOf } from '../../../cli/plan/totals.ts';
import { startLedgerTable } from '../../../local/aws/ledger-table.ts';
import { localClient } from '../../../local/aws/local-client.ts';
import type { Item } from '../../../src/ledger/item.ts';
import { type WriteParts, writeItems } from '../../../src/ledger/write-items.ts';
import { Deadline, systemClock } from '../../../src/runtime/deadline.ts';
import { dayOf } from './sample-load.ts';

const written: Flush = { took: 1, calls: 4, polls: 1, job: null, rejected: 0, failure: null };

const table = await startLedgerTable();
const dynamo = new DynamoDBClient({ ...localClient, endpoint: table.url });
afterAll(async () => {
  dynamo.destroy();
  await table.close();
});

/** The puts that writing so many new items once costs, as the ledger sends them. */
async function sentFor(items: number): Promise<number> {
  let puts = 0;
  const send = (command: PutItemCommand | TransactWriteItemsCommand) => {
    puts += 'TransactItems' in command.input ? 2 * (command.input.TransactItems?.length ?? 0) : 1;
    return dynamo.send(command as PutItemCommand);
  };
  const all = Array.from(
    { length: items },
    (_, at): Item => ({
      id: { S: `${items} ${at}` },
      version: { N: '1' },
    }),
  );
  const deadline = new Deadline(systemClock, Date.now() + 10_000);
  const waits = { deadline, sleep: async () => {} };
  const parts = { tableName: table.tableName, ...waits, read: async () => [] };
  await writeItems({ ...parts, client: { send } as WriteParts['client'] }, all);
  return puts;
}

test.each([1, 2, 3, 99, 100, 101, 102, 200, 201])(
  'of %i partitions a delivery costs what the ledger sends, twice',
  async (items) => {
    expect(ledgerUse(written, items)).toEqual({ reads: items, puts: 2 * (await sentFor(items)) });
  },
);

test.each([
  ['that Salesforce refuses has stored its job', { failure: 'batches' }, 1],
  ['above the API usage ceiling only reads', { failure: 'calls' }, 0],
] as const)('a delivery %s', (_, change, writes) => {
  expect(ledgerUse({ ...written, ...change }, 1)).toEqual({ reads: 1, puts: writes });
});

test.each([
  [1, 1, 3],
  [3, 1, 2 * 6 + 1],
  [3, 2, 2 * 6 + 4],
  [3, 9, 3 * 6],
])(
  'of %i partitions with %i rejected rows those with errant records are stored too',
  (partitions, rejected, puts) => {
    expect(ledgerUse({ ...written, rejected }, partitions).puts).toBe(puts);
  },
);

test('a topic of one partition has no transactions, one of three mostly', () => {
  const one = totalsOf(dayOf({ partitions: 1, errant: 0 }));
  expect(one.ledgerPuts).toBe(2 * one.ledgerReads);
  const three = totalsOf(dayOf({ errant: 0 }));
  expect(three.ledgerPuts).toBeGreaterThan(3 * three.ledgerReads);
});
