import {
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  QueueDoesNotExist,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ErrantQueue, startErrantQueue } from '../../../local/aws/errant-queue.ts';
import { localClient } from '../../../local/aws/local-client.ts';
import { withEnvironment } from '../../support/environment.ts';

let queue: ErrantQueue;
let client: SQSClient;

beforeEach(async () => {
  queue = await startErrantQueue();
  client = new SQSClient({ ...localClient, endpoint: queue.url, maxAttempts: 1 });
});
afterEach(async () => {
  client.destroy();
  await queue.close();
});

function send(bodies: readonly string[], QueueUrl = queue.queueUrl) {
  const Entries = bodies.map((body, index) => ({
    Id: String(index),
    MessageBody: body,
    MessageAttributes: { code: { DataType: 'String', StringValue: 'REQUIRED_FIELD_MISSING' } },
  }));
  return new SendMessageBatchCommand({ QueueUrl, Entries });
}

const bodies = async () => (await queue.messages()).map(({ body }) => body);

/** The client warns when the host of a queue URL is not its endpoint. */
const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** Sends one message with nothing but the environment to say where AWS is. */
async function sendByEnvironment(QueueUrl: string, useQueueUrlAsEndpoint: boolean) {
  await withEnvironment(
    {
      AWS_ENDPOINT_URL_SQS: queue.url,
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
    },
    async () => {
      const bare = new SQSClient({ useQueueUrlAsEndpoint, maxAttempts: 1, logger: silent });
      await bare.send(send(['a'], QueueUrl)).finally(() => bare.destroy());
    },
  );
}

test('the SDK finds the emulation through AWS_ENDPOINT_URL_SQS', async () => {
  await sendByEnvironment(queue.queueUrl, true);

  expect(await bodies()).toEqual(['a']);
});

test('the host of the queue URL beats AWS_ENDPOINT_URL_SQS unless the client is configured otherwise', async () => {
  const elsewhere = queue.queueUrl.replace(queue.url, 'http://127.0.0.1:9');

  await expect(sendByEnvironment(elsewhere, true)).rejects.toThrow('ECONNREFUSED');
  await sendByEnvironment(elsewhere, false);

  expect(await bodies()).toEqual(['a']);
});

test('messages are seen in the order of arrival with their attributes, as often as one looks', async () => {
  await client.send(send(['a', 'b']));
  await client.send(send(['c']));

  const attributes = { code: 'REQUIRED_FIELD_MISSING' };
  const all = ['a', 'b', 'c'].map((body) => ({ body, attributes }));
  expect(await queue.messages()).toEqual(all);
  expect(await queue.messages()).toEqual(all);
});

test('looking takes nothing from a consumer, and a deleted message is gone', async () => {
  await client.send(send(['a', 'b']));
  await queue.messages();

  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({ QueueUrl: queue.queueUrl, MaxNumberOfMessages: 1 }),
  );
  expect(Messages.map(({ Body }) => Body)).toEqual(['a']);
  expect(await bodies()).toEqual(['b', 'a']);

  const { ReceiptHandle } = Messages[0]!;
  await client.send(new DeleteMessageCommand({ QueueUrl: queue.queueUrl, ReceiptHandle }));
  expect(await bodies()).toEqual(['b']);
});

test('a delete by a handle that no message had is refused, and one that a message had before is not', async () => {
  await client.send(send(['a', 'b']));
  const QueueUrl = queue.queueUrl;
  const remove = (ReceiptHandle: string) =>
    client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  for (const handle of ['wrong', '11111111-2222-3333-4444-555555555555']) {
    await expect(remove(handle)).rejects.toMatchObject({ name: 'ReceiptHandleIsInvalid' });
  }

  const { Messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl }));
  const { ReceiptHandle = '' } = Messages[0]!;
  const batch = (...handles: string[]) => {
    const Entries = handles.map((handle, at) => ({ Id: String(at), ReceiptHandle: handle }));
    return client.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
  };
  expect(await batch('wrong', ReceiptHandle)).toMatchObject({
    Successful: [{ Id: '1' }],
    Failed: [{ Id: '0', SenderFault: true, Code: 'ReceiptHandleIsInvalid' }],
  });
  expect(await batch('wrong')).toMatchObject({ Failed: [{ Id: '0' }] });
  await expect(batch(...new Array<string>(11).fill('wrong'))).rejects.toMatchObject({
    name: expect.stringContaining('TooManyEntriesInBatchRequest'),
  });
  expect(await bodies()).toEqual(['b']);
  await remove(ReceiptHandle);
});

test('a purged queue has no messages, received ones neither, and takes others', async () => {
  await client.send(send(['a', 'b']));
  await client.send(new ReceiveMessageCommand({ QueueUrl: queue.queueUrl }));
  await queue.purge();
  expect(await bodies()).toEqual([]);

  await client.send(send(['c']));
  expect(await bodies()).toEqual(['c']);
});

test('a received message is hidden from the next consumer until its visibility timeout is over', async () => {
  await client.send(send(['a']));
  const receive = async (VisibilityTimeout: number) => {
    const command = new ReceiveMessageCommand({ QueueUrl: queue.queueUrl, VisibilityTimeout });
    return (await client.send(command)).Messages?.length ?? 0;
  };

  expect(await receive(0)).toBe(1);
  expect(await receive(30)).toBe(1);
  expect(await receive(30)).toBe(0);
});

test('a message may have every character that SQS takes, and no other', async () => {
  const taken = ['\t\n\r ~', '\u007f\ud7ff', '\ue000\ufffd', '\u{10000}', '😀', '\u{10ffff}'];
  expect(await client.send(send(taken))).toMatchObject({ Failed: [] });
  expect(await bodies()).toEqual(taken);

  const refused = ['\u0000', '\u000b', '\u001f', '\ufffe', '\uffff'];
  const { Successful, Failed = [] } = await client.send(send(refused));
  expect(Successful).toEqual([]);
  expect(Failed.map(({ Code }) => Code)).toEqual(refused.map(() => 'InvalidMessageContents'));
});

test('a batch takes 10 entries and no more', async () => {
  const ten = Array.from({ length: 10 }, (_, index) => `message ${index}`);
  await client.send(send(ten));

  await expect(client.send(send([...ten, 'one more']))).rejects.toMatchObject({
    name: 'TooManyEntriesInBatchRequest',
  });
  expect(await bodies()).toEqual(ten);
});

test('a batch takes 1 MiB in bodies and attributes and not a byte more', async () => {
  const attributes = 'code'.length + 'String'.length + 'REQUIRED_FIELD_MISSING'.length;
  const half = 'x'.repeat(524_288 - attributes);
  await client.send(send([half, half]));

  await expect(client.send(send([half, `${half}x`]))).rejects.toMatchObject({
    name: 'BatchRequestTooLong',
  });
  expect(await queue.messages()).toHaveLength(2);
});

test('an entry with a character that XML does not know fails alone, and the others are taken', async () => {
  const { Successful, Failed } = await client.send(send(['a', 'b\u0000', 'c']));

  expect(Successful?.map(({ Id }) => Id)).toEqual(['0', '2']);
  expect(Failed).toMatchObject([{ Id: '1', SenderFault: true, Code: 'InvalidMessageContents' }]);
  expect(await bodies()).toEqual(['a', 'c']);
});

test('a queue that is not there is refused', async () => {
  await expect(client.send(send(['a'], `${queue.url}/000000000000/other`))).rejects.toThrow(
    QueueDoesNotExist,
  );
});
