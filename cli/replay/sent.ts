import { replayOf } from '../../src/kafka/cluster.ts';
import type { KafkaEvent } from '../../src/kafka/event.ts';
import { type RecordOrigin, recordId } from '../../src/kafka/record.ts';
import type { Replay } from './events.ts';
import type { Handle, Waiting } from './message.ts';

/** The records that a run has sent, and those of them that the sink has ended. */
export class SentRecords {
  readonly #sent = new Set<string>();
  /** Each with the cluster of its event: what comes of a record has another one. */
  readonly #ended = new Set<string>();

  add({ records }: KafkaEvent): void {
    for (const record of Object.values(records).flat()) this.#sent.add(recordId(record));
  }

  /** Notes that the records are written or have a new message, but for some; returns their messages. */
  end({ event, messages }: Replay, left: readonly RecordOrigin[]): Handle[] {
    const ids = new Set(left.map(recordId));
    const ended = [...messages].filter(([id]) => !ids.has(id));
    for (const [id] of ended) this.#ended.add(`${event.eventSourceArn} ${id}`);
    return ended.flatMap(([, those]) => those);
  }

  /**
   * Whether a message is a further one of a record that has ended: a flush that was interrupted after its
   * report may have reported it twice.
   */
  isEnded({ cluster, record }: Waiting): boolean {
    return this.#ended.has(`${replayOf(cluster)} ${recordId(record)}`);
  }

  /** Whether the record of a message was sent and is in the queue again, in a new message or left there. */
  isBack(waiting: Waiting): boolean {
    return this.#sent.has(recordId(waiting.record)) && !this.isEnded(waiting);
  }
}
