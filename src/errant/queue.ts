import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { type ErrorCode, SinkError } from '../errors.ts';
import { recordId } from '../kafka/record.ts';
import { awsErrorName } from '../runtime/aws-client.ts';
import { type Deadline, NotInTime, within } from '../runtime/deadline.ts';
import { errantMessage, type MessageOrigin, unmatchedMessage } from './message.ts';
import { packMessages } from './packing.ts';
import type { ErrantRecordReporter, ErrantReport } from './reporter.ts';
import { sendAll } from './send-all.ts';

/** What an `ErrantQueue` needs. */
export interface QueueParts {
  readonly client: Pick<SQSClient, 'send'>;
  readonly queueUrl: string;
  readonly origin: Omit<MessageOrigin, 'cluster'>;
}

/**
 * The maximum message size when the queue has none set. Source: SQS developer guide, message
 * quotas.
 */
const defaultMaxBytes = 262_144;

const permanentErrors = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'QueueDoesNotExist',
  'AWS.SimpleQueueService.NonExistentQueue',
  'InvalidAddress',
  'KmsAccessDenied',
  'UnrecognizedClientException',
]);

const remedies = {
  ERRANT_QUEUE_REFUSED:
    "Check that ERRANT_QUEUE_URL names a standard queue in this region, and that the function's role may send to it and read its attributes.",
  ERRANT_QUEUE_UNAVAILABLE:
    'Kafka redelivers the records. If it persists, check the network path to SQS.',
} satisfies Partial<Record<ErrorCode, string>>;

function queueError(problem: string, error: unknown): SinkError {
  const name = awsErrorName(error);
  const code = permanentErrors.has(name) ? 'ERRANT_QUEUE_REFUSED' : 'ERRANT_QUEUE_UNAVAILABLE';
  const message = `${problem} (${name}). ${remedies[code]}`;
  return new SinkError(code, message, { cause: error });
}

/** Sends errant records to an SQS standard queue. */
export class ErrantQueue implements ErrantRecordReporter {
  readonly #parts: QueueParts;
  #maxBytes: number | null = null;

  constructor(parts: QueueParts) {
    this.#parts = parts;
  }

  /** Throws `ERRANT_QUEUE_UNAVAILABLE` and `ERRANT_QUEUE_REFUSED`. */
  async check(deadline: Deadline): Promise<void> {
    try {
      this.#maxBytes = await within(deadline, this.#readMaxBytes());
    } catch (error) {
      throw queueError('The errant queue could not be reached', error);
    }
  }

  /**
   * Resolves once SQS has accepted every message. Throws `ERRANT_QUEUE_UNAVAILABLE`, also at the
   * deadline, and `ERRANT_QUEUE_REFUSED`.
   */
  async report(report: ErrantReport, deadline: Deadline): Promise<void> {
    const { errants, unmatched } = report;
    if (errants.length + unmatched.length === 0) return;
    try {
      await within(deadline, this.#send(this.#messages(report), deadline));
    } catch (error) {
      throw queueError('The errant records could not be sent to the errant queue', error);
    }
  }

  async #readMaxBytes(): Promise<number> {
    const { client, queueUrl: QueueUrl } = this.#parts;
    const command = new GetQueueAttributesCommand({
      QueueUrl,
      AttributeNames: ['MaximumMessageSize'],
    });
    const { Attributes } = await client.send(command);
    return Number(Attributes?.['MaximumMessageSize'] ?? defaultMaxBytes);
  }

  #messages({ errants, unmatched, sources, cluster }: ErrantReport): string[] {
    const reported = new Set(errants.map(({ record }) => recordId(record)));
    const found = sources.filter((source) => reported.has(recordId(source)));
    const sourceOf = new Map(found.map((source) => [recordId(source), source] as const));
    const origin = { ...this.#parts.origin, cluster };
    const form = { origin, maxBytes: this.#maxBytes ?? defaultMaxBytes };
    return [
      ...errants.map((errant) => {
        const source = sourceOf.get(recordId(errant.record)) ?? errant.record;
        return errantMessage(errant, source, form);
      }),
      ...unmatched.map((result) => unmatchedMessage(result, form)),
    ];
  }

  async #send(messages: readonly string[], deadline: Deadline): Promise<void> {
    const { client, queueUrl } = this.#parts;
    const batches = packMessages(messages, this.#maxBytes ?? defaultMaxBytes);
    const accepted = await sendAll(batches, { client, queueUrl, deadline });
    if (accepted !== messages.length) throw new NotInTime();
  }
}
