import {
  type BatchResultErrorEntry,
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { Deadline } from '../runtime/deadline.ts';

/** Where batches are sent, and the moment after which no call begins. */
export interface Sending {
  readonly client: Pick<SQSClient, 'send'>;
  readonly queueUrl: string;
  readonly deadline: Deadline;
}

/** How often messages that SQS turned away are sent again, and how many calls run at once. */
const attempts = 3;
const lanes = 16;

/** An error with the name that SQS gave to what was wrong with a message. */
function turnedAway(failed: BatchResultErrorEntry | undefined): Error {
  const { Code = 'MessageNotTaken', Message = 'SQS has not taken a message' } = failed ?? {};
  return Object.assign(new Error(Message), { name: Code });
}

/** Sends again what SQS does not say that it has accepted; resolves to how many it has. */
async function sendBatch(messages: readonly string[], sending: Sending): Promise<number> {
  const { client, queueUrl: QueueUrl, deadline } = sending;
  const pending = new Map(
    messages.map((text, index): [string, SendMessageBatchRequestEntry] => {
      return [String(index), { Id: String(index), MessageBody: text }];
    }),
  );
  for (let attempt = 1; pending.size > 0 && deadline.left() > 0; attempt++) {
    const command = new SendMessageBatchCommand({ QueueUrl, Entries: [...pending.values()] });
    const { Successful = [], Failed = [] } = await client.send(command);
    // Only what is pending counts: a reply may name an id twice, or one that was not sent.
    for (const { Id } of Successful) pending.delete(Id ?? '');
    const isFinal = attempt === attempts || Failed.some(({ SenderFault }) => SenderFault);
    if (pending.size > 0 && isFinal) throw turnedAway(Failed[0]);
  }
  return messages.length - pending.size;
}

/**
 * Sends batches of messages over some lanes and resolves to the number of messages that SQS has
 * accepted, which is less than all when the deadline passes. Throws what the client throws, and an
 * error named as SQS names its reason when a message is turned away for good; then no lane begins
 * another call.
 */
export async function sendAll(
  batches: readonly (readonly string[])[],
  sending: Sending,
): Promise<number> {
  const waiting = batches.values();
  let accepted = 0;
  let stopped = false;
  const lane = async () => {
    // The deadline is looked at before a batch is taken, so that none is taken and not sent.
    while (!stopped && sending.deadline.left() > 0) {
      const { value: batch, done } = waiting.next();
      if (done) return;
      // `accepted += await …` would read the sum before other lanes have added theirs.
      const ofBatch = await sendBatch(batch, sending);
      accepted += ofBatch;
    }
  };
  const stop = (error: unknown) => {
    stopped = true;
    throw error;
  };
  await Promise.all(Array.from({ length: lanes }, () => lane().catch(stop)));
  return accepted;
}
