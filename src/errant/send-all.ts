import {
  type BatchResultErrorEntry,
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { Deadline } from '../runtime/deadline.ts';

/** Where batches are sent, and the deadline after which no call starts. */
export interface SendTarget {
  readonly client: Pick<SQSClient, 'send'>;
  readonly queueUrl: string;
  readonly deadline: Deadline;
}

/** How often a message is sent at most. */
const maxAttempts = 3;

/** How many calls run at a time. */
const concurrency = 16;

/** An error whose name is SQS's error code for a message. */
function rejectedMessage(failed: BatchResultErrorEntry | undefined): Error {
  const { Code = 'MessageNotAccepted', Message = 'SQS did not accept a message' } = failed ?? {};
  return Object.assign(new Error(Message), { name: Code });
}

/** Resends messages until SQS accepts them; resolves to the number of accepted messages. */
async function sendBatch(messages: readonly string[], target: SendTarget): Promise<number> {
  const { client, queueUrl: QueueUrl, deadline } = target;
  const pending = new Map(
    messages.map((text, index): [string, SendMessageBatchRequestEntry] => {
      return [String(index), { Id: String(index), MessageBody: text }];
    }),
  );
  for (let attempt = 1; pending.size > 0 && deadline.left() > 0; attempt++) {
    const command = new SendMessageBatchCommand({ QueueUrl, Entries: [...pending.values()] });
    const { Successful = [], Failed = [] } = await client.send(command);
    // Count pending ids only: a reply may repeat an id or contain one that was not sent.
    for (const { Id } of Successful) pending.delete(Id ?? '');
    const isFinal = attempt === maxAttempts || Failed.some(({ SenderFault }) => SenderFault);
    if (pending.size > 0 && isFinal) throw rejectedMessage(Failed[0]);
  }
  return messages.length - pending.size;
}

/**
 * Sends batches concurrently and resolves to the number of messages that SQS accepted, fewer than
 * all when the deadline passes. Throws the client's errors, and an error named after SQS's code
 * when a message is rejected permanently; then no further call starts.
 */
export async function sendAll(
  batches: readonly (readonly string[])[],
  target: SendTarget,
): Promise<number> {
  const waiting = batches.values();
  let accepted = 0;
  let stopped = false;
  const worker = async () => {
    // Check the deadline before taking a batch, so that no batch is taken and not sent.
    while (!stopped && target.deadline.left() > 0) {
      const { value: batch, done } = waiting.next();
      if (done) return;
      // `accepted += await …` would lose what other workers add meanwhile.
      const acceptedOfBatch = await sendBatch(batch, target);
      accepted += acceptedOfBatch;
    }
  };
  const stop = (error: unknown) => {
    stopped = true;
    throw error;
  };
  await Promise.all(Array.from({ length: concurrency }, () => worker().catch(stop)));
  return accepted;
}
