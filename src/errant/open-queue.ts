import { SQSClient } from '@aws-sdk/client-sqs';
import { awsClientOptions } from '../runtime/aws-client.ts';
import { ErrantQueue, type QueueParts } from './queue.ts';

/** The errant queue at a URL, with the credentials of the environment. */
export const openErrantQueue = (parts: Omit<QueueParts, 'client'>): ErrantQueue =>
  new ErrantQueue({ client: new SQSClient(awsClientOptions), ...parts });
