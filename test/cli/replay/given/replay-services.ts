import { SQSClient } from '@aws-sdk/client-sqs';
import { afterAll } from 'vitest';
import { errantQueue } from '../../../../cli/replay/queue.ts';
import { localClient } from '../../../../local/aws/local-client.ts';
import type { startContainer } from '../../../support/container.ts';
import { useServices } from '../../../support/services.ts';

/** Starts services for the tests of a file that replays errant records. */
export async function useReplayServices() {
  const services = await useServices();
  const client = new SQSClient({ ...localClient, endpoint: services.queue.url });
  afterAll(() => client.destroy());
  const { queueUrl } = services.queue;
  return {
    services,
    client,
    /** The errant queue, as a replay reads it. */
    startQueue: () => errantQueue({ client, queueUrl, hiddenForSeconds: 600, waitSeconds: 0 }),
    /** The messages of a topic in the queue. */
    messagesOf: async (topic: string) =>
      (await services.queue.messages())
        .map(({ body }) => JSON.parse(body))
        .filter((message) => message.topic === topic),
    /** The names of the contacts that the records of a topic became. */
    writtenOf: (topic: string) =>
      services.org
        .records('Contact')
        .map(({ LastName }) => String(LastName))
        .filter((name) => name.startsWith(`${topic} `))
        .toSorted(),
  };
}

/** Invokes the sink of a container as a replay does. */
export const invokeOf =
  ({ sink }: ReturnType<typeof startContainer>) =>
  async (event: unknown) => {
    const error = await sink.deliver(event);
    if (error !== null) throw error;
    return sink.counts.at(-1)!;
  };
