import { isDeepStrictEqual } from 'node:util';
import {
  type DynamoDBClient,
  type Put,
  PutItemCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import type { Deadline } from '../runtime/deadline.ts';
import type { Item } from './item.ts';
import { isConflict, isThrottled, NotWritten } from './table-error.ts';

/** What items are written with. */
export interface WriteParts {
  readonly client: Pick<DynamoDBClient, 'send'>;
  readonly tableName: string;
  readonly sleep: (ms: number) => Promise<void>;
  /** A throttled transaction is not repeated beyond it. */
  readonly deadline: Deadline;
  /** Reads items by their ids, consistently. */
  readonly read: (ids: readonly string[]) => Promise<Item[]>;
}

/** Maximum number of items in one transaction. Source: DynamoDB API reference, TransactWriteItems. */
export const itemsOfAWrite = 100;

/** Maximum size of a transaction's items, below DynamoDB's 4 MB, in characters of their JSON. */
const sizeOfAWrite = 3_500_000;

/** Attempts at a transaction that is throttled, which the SDK does not repeat. */
const maxAttempts = 3;

/** Groups items into transactions. */
function* groupsOf(items: readonly Item[]): Generator<Item[]> {
  let group: Item[] = [];
  let size = 0;
  for (const item of items) {
    const own = JSON.stringify(item).length;
    if (group.length > 0 && (group.length === itemsOfAWrite || size + own > sizeOfAWrite)) {
      yield group;
      group = [];
      size = 0;
    }
    group.push(item);
    size += own;
  }
  if (group.length > 0) yield group;
}

/** Puts an item only if the table has the version before it. */
function putOf(tableName: string, item: Item): Put {
  const before = Number(item['version']?.N) - 1;
  return {
    TableName: tableName,
    Item: item,
    ...(before === 0
      ? { ConditionExpression: 'attribute_not_exists(id)' }
      : {
          ConditionExpression: 'version = :version',
          ExpressionAttributeValues: { ':version': { N: String(before) } },
        }),
  };
}

const idOf = (item: Item): string => item['id']?.S ?? '';

/**
 * Whether the table has these very items: the SDK retries a write whose reply was lost, and the retry
 * then conflicts with the first try. An item of another invocation has another job.
 */
async function areThere({ read }: WriteParts, items: readonly Item[]): Promise<boolean> {
  const there = new Map((await read(items.map(idOf))).map((item) => [idOf(item), item]));
  return items.every((item) => isDeepStrictEqual(there.get(idOf(item)), item));
}

/** A transaction costs twice the write units, which one item does not need. */
async function send(client: WriteParts['client'], puts: readonly Put[]): Promise<void> {
  const [only, ...others] = puts;
  if (only !== undefined && others.length === 0)
    await client.send(new PutItemCommand(only as Put & { Item: Item }));
  else
    await client.send(
      new TransactWriteItemsCommand({ TransactItems: puts.map((Put) => ({ Put })) }),
    );
}

/** Writes items in one call: all of them or none. Rejects with the error of the SDK. */
async function writeGroup(parts: WriteParts, items: readonly Item[]): Promise<void> {
  const { client, tableName, sleep } = parts;
  const puts = items.map((item) => putOf(tableName, item));
  for (let attempt = 1; ; attempt++) {
    try {
      await send(client, puts);
      return;
    } catch (error) {
      if (isConflict(error) && (await areThere(parts, items))) return;
      const isLast = attempt === maxAttempts || parts.deadline.left() === 0;
      if (!isThrottled(error) || isLast) throw error;
    }
    await sleep(100 * 2 ** attempt);
  }
}

/**
 * Writes each item only if the table has its previous version, up to a hundred in one call: a flush
 * over many partitions would otherwise cost a call for each. Throws `NotWritten` with every call that
 * failed when all have ended, so that none is made after the flush has failed.
 */
export async function writeItems(parts: WriteParts, items: readonly Item[]): Promise<void> {
  const groups = [...groupsOf(items)];
  const ends = await Promise.allSettled(groups.map((group) => writeGroup(parts, group)));
  const failed = ends.flatMap((end, index) =>
    end.status === 'fulfilled' ? [] : { ids: groups[index]?.map(idOf) ?? [], cause: end.reason },
  );
  if (failed.length > 0) throw new NotWritten(failed, groups.length);
}
