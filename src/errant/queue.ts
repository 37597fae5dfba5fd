import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { type ErrorCode, SinkError } from '../errors.ts';
import { at } from '../kafka/coordinates.ts';
import { awsErrorName } from '../runtime/aws-client.ts';
import { type Deadline, NotInTime, within } from '../runtime/deadline.ts';
import { errantMessage, type MessageOrigin, unmatchedMessage } from './message.ts';
import { packed } from './packing.ts';
import type { Report, Reporter } from './reporter.ts';
import { sendAll } from './send-all.ts';

/** What the errant queue is reached with. */
export interface QueueParts {
  readonly client: Pick<SQSClient, 'send'>;
  readonly queueUrl: string;
  readonly origin: Omit<MessageOrigin, 'cluster'>;
}

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

  /**
   * Resolves only when SQS has said of each message that it is accepted. Throws
   * `ERRANT_QUEUE_UNAVAILABLE`, also at the deadline, and `ERRANT_QUEUE_REFUSED`.
   */
  async report(report: Report, deadline: Deadline): Promise<void> {
    const { errants, unmatched } = report;
    if (errants.length + unmatched.length === 0) return;
    try {
      await within(deadline, this.#send(this.#messages(report), deadline));
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

  #messages({ errants, unmatched, sources, cluster }: Report): string[] {
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
      ...unmatched.map((stray) => unmatchedMessage(stray, form)),
    ];
  }

  async #send(messages: readonly string[], deadline: Deadline): Promise<void> {
    const { client, queueUrl } = this.#parts;
    const batches = packed(messages, this.#maxBytes ?? smallestLimit);
    const accepted = await sendAll(batches, { client, queueUrl, deadline });
    if (accepted !== messages.length) throw new NotInTime();
  }
}
