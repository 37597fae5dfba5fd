import {
  type BatchResultErrorEntry,
  GetQueueAttributesCommand,
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { awsErrorName } from '../aws.ts';
import { type Deadline, NotInTime, within } from '../deadline.ts';
import { type ErrorCode, SinkError } from '../errors.ts';
import { at } from '../kafka/coordinates.ts';
import { errantMessage, type MessageOrigin, strayMessage } from './errant-message.ts';
import { packed } from './packing.ts';
import type { Report, Reporter } from './reporter.ts';

/** What the errant queue is reached with. */
export interface QueueParts {
  readonly client: Pick<SQSClient, 'send'>;
  readonly queueUrl: string;
  readonly origin: Omit<MessageOrigin, 'cluster'>;
}

/** How often messages that SQS turned away are sent again, and how many calls run at once. */
const attempts = 3;
const lanes = 16;

/** What SQS takes where the queue does not say. Source: SQS developer guide, message quotas. */
const smallestLimit = 262_144;

const refusals = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'QueueDoesNotExist',
  'AWS.SimpleQueueService.NonExistentQueue',
  'InvalidAddress',
  'KmsAccessDenied',
  'UnrecognizedClientException',
]);

const remedies: Partial<Record<ErrorCode, string>> = {
  ERRANT_QUEUE_REFUSED:
    "Check that ERRANT_QUEUE_URL names a standard queue of this region, and that the function's role may send to it and read its attributes.",
  ERRANT_QUEUE_UNAVAILABLE: 'Kafka redelivers the records. If it lasts, check the way to SQS.',
};

function unusable(what: string, error: unknown): SinkError {
  const name = awsErrorName(error);
  const code = refusals.has(name) ? 'ERRANT_QUEUE_REFUSED' : 'ERRANT_QUEUE_UNAVAILABLE';
  const message = `The errant queue could not be ${what} (${name}). ${remedies[code]}`;
  return new SinkError(code, message, { cause: error });
}

/** An error with the name that SQS gave to what was wrong with a message. */
function turnedAway(failed: BatchResultErrorEntry | undefined): Error {
  const { Code = 'MessageNotTaken', Message = 'SQS has not taken a message' } = failed ?? {};
  return Object.assign(new Error(Message), { name: Code });
}

/** The errant queue: an SQS standard queue. */
export class ErrantQueue implements Reporter {
  readonly #parts: QueueParts;
  #maxBytes: number | null = null;

  constructor(parts: QueueParts) {
    this.#parts = parts;
  }

  /** Throws `ERRANT_QUEUE_UNAVAILABLE` and `ERRANT_QUEUE_REFUSED`. */
  async check(deadline: Deadline): Promise<void> {
    try {
      this.#maxBytes = await within(deadline, this.#limit());
    } catch (error) {
      throw unusable('reached', error);
    }
  }

  /** Throws `ERRANT_QUEUE_UNAVAILABLE` and `ERRANT_QUEUE_REFUSED`. */
  async report(report: Report, deadline: Deadline): Promise<void> {
    const { errants, strays } = report;
    if (errants.length + strays.length === 0) return;
    try {
      await within(deadline, this.#sendAll(this.#messages(report), deadline));
    } catch (error) {
      throw unusable('given the errant records', error);
    }
  }

  async #limit(): Promise<number> {
    const { client, queueUrl: QueueUrl } = this.#parts;
    const command = new GetQueueAttributesCommand({
      QueueUrl,
      AttributeNames: ['MaximumMessageSize'],
    });
    const { Attributes } = await client.send(command);
    return Number(Attributes?.['MaximumMessageSize'] ?? smallestLimit);
  }

  #messages({ errants, strays, sources, cluster }: Report): string[] {
    const wanted = new Set(errants.map(({ record }) => at(record)));
    const found = sources.filter((source) => wanted.has(at(source)));
    const bySource = new Map(found.map((source) => [at(source), source] as const));
    const origin = { ...this.#parts.origin, cluster };
    const form = { origin, maxBytes: this.#maxBytes ?? smallestLimit };
    return [
      ...errants.map((errant) => {
        const source = bySource.get(at(errant.record)) ?? errant.record;
        return errantMessage(errant, source, form);
      }),
      ...strays.map((stray) => strayMessage(stray, form)),
    ];
  }

  /** Sends over some lanes; at the first failure, and at the deadline, all of them stop. */
  async #sendAll(messages: readonly string[], deadline: Deadline): Promise<void> {
    const batches = packed(messages, this.#maxBytes ?? smallestLimit).values();
    let stopped = false;
    const lane = async () => {
      for (const batch of batches) {
        if (stopped || deadline.left() === 0) return;
        await this.#sendBatch(batch);
      }
    };
    const stop = (error: unknown) => {
      stopped = true;
      throw error;
    };
    await Promise.all(Array.from({ length: lanes }, () => lane().catch(stop)));
    if (!batches.next().done) throw new NotInTime();
  }

  /** What SQS does not say that it has taken is sent again. */
  async #sendBatch(messages: readonly string[]): Promise<void> {
    const { client, queueUrl: QueueUrl } = this.#parts;
    let entries = messages.map((text, index): SendMessageBatchRequestEntry => {
      return { Id: String(index), MessageBody: text };
    });
    for (let attempt = 1; ; attempt++) {
      const command = new SendMessageBatchCommand({ QueueUrl, Entries: entries });
      const { Successful = [], Failed = [] } = await client.send(command);
      const taken = new Set(Successful.map(({ Id }) => Id));
      entries = entries.filter(({ Id }) => !taken.has(Id));
      if (entries.length === 0) return;
      if (attempt === attempts || Failed.some(({ SenderFault }) => SenderFault)) {
        throw turnedAway(Failed[0]);
      }
    }
  }
}
