import type { Message, Topic } from './topic.ts';

/** Makes the record with a number, for a topic of that many partitions. */
type RecordOf = (number: number, partitions: number) => Message;

/** How many records there are at first, how many are added at once, and how many at most. */
export const supplied = { first: 24_000, more: 12_000, most: 240_000 };

/**
 * The numbered records of a soak, of which more are produced while kills are missing: how many
 * records a kill costs depends on how busy the machine is.
 */
export class Supply {
  readonly #topic: Topic;
  readonly #recordOf: RecordOf;
  #count = 0;
  #adding: Promise<void> | null = null;

  constructor(topic: Topic, recordOf: RecordOf) {
    this.#topic = topic;
    this.#recordOf = recordOf;
  }

  /** How many records have been produced, from 0 on without a gap. */
  get count(): number {
    return this.#count;
  }

  /** Produces the next records; who comes meanwhile waits for the same ones. */
  add(records: number): Promise<void> {
    this.#adding ??= this.#produce(records).finally(() => {
      this.#adding = null;
    });
    return this.#adding;
  }

  /** Sees to it that enough is left to do; false when the most has been produced, and is nearly done. */
  async hasMore(left: () => Promise<number>): Promise<boolean> {
    if ((await left()) >= supplied.more) return true;
    if (this.#count >= supplied.most) return (await left()) > supplied.more / 4;
    await this.add(supplied.more);
    return true;
  }

  async #produce(records: number): Promise<void> {
    const { partitions } = this.#topic;
    const numbers = Array.from({ length: records }, (_, index) => this.#count + index);
    await this.#topic.produce(numbers.map((number) => this.#recordOf(number, partitions)));
    this.#count += records;
  }
}

/** A topic with the first records of a soak. */
export async function givenSupply(topic: Topic, recordOf: RecordOf): Promise<Supply> {
  const supply = new Supply(topic, recordOf);
  await supply.add(supplied.first);
  return supply;
}
