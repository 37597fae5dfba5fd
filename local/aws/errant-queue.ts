import { CreateQueueCommand, PurgeQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { buildApp } from 'fauxqs';
import { z } from 'zod';
import { localClient } from './local-client.ts';
import { takeAllCharacters } from './message-characters.ts';
import { refuseForeignHandles } from './receipt-handles.ts';

/** A message of the queue; an attribute's value is its text, or base64 if it is binary. */
export interface QueueMessage {
  body: string;
  attributes: Record<string, string>;
}

/** An SQS with one empty standard queue. */
export interface ErrantQueue {
  /** For `AWS_ENDPOINT_URL_SQS`, without a slash at the end. */
  url: string;
  /** For `ERRANT_QUEUE_URL`; it begins with `url`. */
  queueUrl: string;
  /** The messages that are not deleted, received ones last; reading changes nothing. */
  messages(): Promise<QueueMessage[]>;
  /** Deletes all messages. */
  purge(): Promise<void>;
  /** Stops it and drops open connections. */
  close(): Promise<void>;
}

const queueName = 'msk-salesforce-sink-errant';

/**
 * Starts an SQS emulator on the loopback interface, for the real SDK client.
 *
 * It is fauxqs, in memory. It refuses a batch as SQS does: more than 10 entries, none, a duplicate
 * id, or more than 1 MiB (1,048,576 bytes) of bodies and attributes. A received message becomes
 * visible again after 30 s. A delete by a handle that no message had is refused. It accepts unsigned
 * requests, and finds a queue by the last part of its URL, whatever the host.
 */
export async function startErrantQueue(): Promise<ErrantQueue> {
  // `startFauxqs` would listen on every interface of the machine.
  const app = buildApp({ logger: false });
  await takeAllCharacters();
  refuseForeignHandles(app);
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  const client = new SQSClient({ ...localClient, endpoint: url });
  const queueUrl = `${url}${await createQueue(client)}`;
  return {
    url,
    queueUrl,
    messages: () => peek(url),
    async purge() {
      await client.send(new PurgeQueueCommand({ QueueUrl: queueUrl }));
    },
    async close() {
      client.destroy();
      await app.close();
    },
  };
}

/** The path of the new queue's URL; the host that fauxqs puts before it may not be resolvable. */
async function createQueue(client: SQSClient): Promise<string> {
  const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName: queueName }));
  return new URL(z.string().parse(QueueUrl)).pathname;
}

const attribute = z
  .object({ StringValue: z.string().optional(), BinaryValue: z.string().optional() })
  .transform(({ StringValue, BinaryValue }) => StringValue ?? BinaryValue ?? '');

const message = z
  .object({ body: z.string(), messageAttributes: z.record(z.string(), attribute) })
  .transform(({ body, messageAttributes }) => ({ body, attributes: messageAttributes }));

/** The description that fauxqs returns of a queue. */
const inspection = z.object({
  messages: z.object({
    ready: z.array(message),
    delayed: z.array(message),
    inflight: z.array(z.object({ message })),
  }),
});

async function peek(url: string): Promise<QueueMessage[]> {
  const reply = await fetch(`${url}/_fauxqs/queues/${queueName}`);
  const { ready, delayed, inflight } = inspection.parse(await reply.json()).messages;
  return [...ready, ...delayed, ...inflight.map((entry) => entry.message)];
}
