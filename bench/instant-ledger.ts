import {
  BatchGetItemCommand,
  type DynamoDBClient,
  PutItemCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { LedgerTable } from '../src/ledger/table.ts';
import type { Clock } from '../src/runtime/deadline.ts';

/** Items by their ids. */
type Items = ReadonlyMap<string, NonNullable<PutItemCommand['input']['Item']>>;

/** The items that a command writes. */
function writtenBy(command: unknown) {
  if (command instanceof PutItemCommand) return [command.input.Item];
  if (!(command instanceof TransactWriteItemsCommand)) return [];
  return (command.input.TransactItems ?? []).map(({ Put }) => Put?.Item);
}

/**
 * A table in this process, which answers at once. It takes every item, and returns those that it was given,
 * so that each flush begins the same.
 */
export class InstantTable {
  readonly #items: Items;
  #firstWrite: Items | null = null;

  constructor(items: Items = new Map()) {
    this.#items = items;
  }

  /** The first items that were written: those of a flush whose job has just been created. */
  get firstWrite(): Items {
    return this.#firstWrite ?? new Map();
  }

  async send(command: unknown): Promise<object> {
    if (command instanceof BatchGetItemCommand) return this.#read(command);
    const written = writtenBy(command).flatMap((item) =>
      item === undefined ? [] : [[item['id']?.S ?? '', item] as const],
    );
    this.#firstWrite ??= new Map(written);
    return {};
  }

  #read({ input }: BatchGetItemCommand): object {
    const asked = Object.entries(input.RequestItems ?? {}).map(([table, { Keys = [] }]) => {
      const items = Keys.map(({ id }) => this.#items.get(id?.S ?? ''));
      return [table, items.filter((item) => item !== undefined)] as const;
    });
    return { Responses: Object.fromEntries(asked) };
  }
}

/** The ledger in such a table. */
export function instantLedger(clock: Clock, table: InstantTable): LedgerTable {
  return new LedgerTable({
    client: table as unknown as Pick<DynamoDBClient, 'send'>,
    tableName: 'bench',
    sink: 'bench',
    now: () => clock.now(),
    sleep: (ms) => clock.sleep(ms),
  });
}
