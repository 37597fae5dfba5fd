import {
  type BatchResultErrorEntry,
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { Handle } from './message.ts';
import type { ReplayPorts } from './ports.ts';

/** Maximum messages per call. Source: SQS API reference. */
const messagesOfACall = 10;

/** How to read an errant queue. */
export interface QueueAccess {
  readonly client: Pick<SQSClient, 'send'>;
  readonly queueUrl: string;
  /** How long a received message stays hidden, in seconds. */
  readonly hiddenForSeconds: number;
  /** How long to wait for a message before the queue counts as empty, in seconds. */
  readonly waitSeconds: number;
}

/** The errant queue for a replay. */
export function errantQueue(access: QueueAccess): Omit<ReplayPorts, 'invoke'> {
  const { client, queueUrl: QueueUrl, hiddenForSeconds, waitSeconds } = access;
  const show = (messages: readonly Handle[], VisibilityTimeout: number) =>
    inTens(messages, async (Entries) => {
      const entries = Entries.map((entry) => ({ ...entry, VisibilityTimeout }));
      const command = new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries: entries });
      await client.send(command);
      // A message that is visible or deleted by now needs nothing more.
      return [];
    });
  return {
    async receive() {
      const { Messages = [] } = await client.send(
        new ReceiveMessageCommand({
          QueueUrl,
          MaxNumberOfMessages: messagesOfACall,
          VisibilityTimeout: hiddenForSeconds,
          WaitTimeSeconds: waitSeconds,
        }),
      );
      return Messages.map(({ MessageId = '', ReceiptHandle = '', Body = '' }) => {
        return { id: MessageId, handle: ReceiptHandle, body: Body };
      });
    },
    hold: (messages) => show(messages, hiddenForSeconds),
    giveBack: (messages) => show(messages, 0),
    remove: (messages) =>
      inTens(messages, async (Entries) => {
        const command = new DeleteMessageBatchCommand({ QueueUrl, Entries });
        return (await client.send(command)).Failed ?? [];
      }),
  };
}

interface Entry {
  readonly Id: string;
  readonly ReceiptHandle: string;
}

/** Throws Error when SQS fails for one of the messages. */
async function inTens(
  messages: readonly Handle[],
  call: (entries: Entry[]) => Promise<readonly BatchResultErrorEntry[]>,
): Promise<void> {
  for (let from = 0; from < messages.length; from += messagesOfACall) {
    const some = messages.slice(from, from + messagesOfACall);
    const entries = some.map(({ handle }, index) => ({ Id: String(index), ReceiptHandle: handle }));
    const [failed] = await call(entries);
    if (failed === undefined) continue;
    throw new Error(
      `SQS did not delete a message (${failed.Code}). Its record is done; with a ledger, a replay within a day skips it.`,
    );
  }
}
