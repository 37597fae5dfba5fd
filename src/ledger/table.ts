import {
  BatchGetItemCommand,
  type DynamoDBClient,
  type KeysAndAttributes,
} from '@aws-sdk/client-dynamodb';
import { isReplay } from '../kafka/cluster.ts';
import { type Deadline, NotInTime } from '../runtime/deadline.ts';
import { type Item, itemOf, stateOf } from './item.ts';
import type { ClusterPartition, Ledger } from './ledger.ts';
import { emptyPartition, type LedgerState, partitionKey } from './state.ts';
import { withLedgerErrors } from './table-error.ts';
import { writeItems } from './write-items.ts';

/** What the ledger table is accessed with. */
export interface TableParts {
  readonly client: Pick<DynamoDBClient, 'send'>;
  readonly tableName: string;
  /** The sink's part of item ids: two sinks of one topic have separate state. */
  readonly sink: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

/** Maximum number of items in one read. Source: DynamoDB API reference, BatchGetItem. */
const itemsOfARead = 100;

/** The ledger in a DynamoDB table, with one item for each sink, cluster, topic and partition. */
export class LedgerTable implements Ledger {
  readonly #parts: TableParts;
  /** Item ids by partition, for the events that this container has handled. */
  readonly #ids = new Map<string, string>();

  constructor(parts: TableParts) {
    this.#parts = parts;
  }

  /** Throws `LEDGER_UNAVAILABLE`, `LEDGER_REFUSED`, `LEDGER_INVALID`. */
  async read(partitions: readonly ClusterPartition[], deadline: Deadline): Promise<LedgerState> {
    const ids = new Map(partitions.map((one) => [this.#idOf(one), one] as const));
    const items = await withLedgerErrors('read', deadline, this.#items([...ids.keys()], deadline));
    const itemsById = new Map(items.map((item) => [item['id']?.S ?? '', item] as const));
    return new Map(
      [...ids].map(([id, { cluster, topic, partition }]) => {
        const item = itemsById.get(id);
        const nothing = emptyPartition(topic, partition, isReplay(cluster));
        const stored = item === undefined ? {} : stateOf(id, item, this.#parts.now());
        return [partitionKey(nothing), { ...nothing, ...stored }] as const;
      }),
    );
  }

  /**
   * Writes the items only if each is still as it was read: `version` counts the writes. Throws
   * `LEDGER_CONFLICT`, `LEDGER_UNAVAILABLE`, `LEDGER_REFUSED`.
   */
  async write(before: LedgerState, after: LedgerState, deadline: Deadline): Promise<LedgerState> {
    const { client, tableName, sleep, now } = this.#parts;
    const changes = [...after].filter(([key, known]) => before.get(key) !== known);
    const written = changes.map(
      ([key, known]) => [key, { ...known, version: known.version + 1 }] as const,
    );
    const at = now();
    const items = written.map(([key, known]) => itemOf(this.#ids.get(key) ?? '', known, at));
    const read = (ids: readonly string[]) => this.#items(ids, deadline);
    const work = writeItems({ client, tableName, sleep, read, deadline }, items);
    await withLedgerErrors('written', deadline, work);
    return new Map([...after, ...written]);
  }

  /** Reads items; keys that DynamoDB leaves unprocessed are read again, with growing pauses, up to the
   * deadline. */
  async #items(ids: readonly string[], deadline: Deadline): Promise<Item[]> {
    const found: Item[] = [];
    let keys = ids.map((id): Item => ({ id: { S: id } }));
    for (let pauseMs = 0; keys.length > 0; ) {
      if (deadline.left() === 0) throw new NotInTime();
      if (pauseMs > 0) await this.#parts.sleep(pauseMs);
      const request: KeysAndAttributes = {
        Keys: keys.slice(0, itemsOfARead),
        ConsistentRead: true,
      };
      const { tableName } = this.#parts;
      const command = new BatchGetItemCommand({ RequestItems: { [tableName]: request } });
      const { Responses, UnprocessedKeys } = await this.#parts.client.send(command);
      found.push(...(Responses?.[tableName] ?? []));
      const left = UnprocessedKeys?.[tableName]?.Keys ?? [];
      pauseMs = left.length === 0 ? 0 : Math.min(2_000, 2 * pauseMs + 50);
      keys = [...left, ...keys.slice(itemsOfARead)];
    }
    return found;
  }

  #idOf(one: ClusterPartition): string {
    const id = [this.#parts.sink, one.cluster, one.topic, one.partition].join('|');
    this.#ids.set(partitionKey(one), id);
    return id;
  }
}
