import { GetFunctionConfigurationCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { z } from 'zod';
import type { KafkaEvent } from '../../src/kafka/event.ts';
import { invokeFunction } from '../invoke.ts';
import type { Settled } from './replay.ts';

/** What a replay needs to know of a sink's function as it is deployed. */
export interface DeployedSink {
  readonly queueUrl: string;
  readonly hasLedger: boolean;
  readonly timeoutSeconds: number;
}

/**
 * Reads what is deployed.
 *
 * Throws Error with a sentence for the user when it has no errant queue; what the SDK throws.
 */
export async function deployedSink(client: LambdaClient, name: string): Promise<DeployedSink> {
  const command = new GetFunctionConfigurationCommand({ FunctionName: name });
  const { Environment, Timeout = 0 } = await client.send(command);
  const { ERRANT_QUEUE_URL: queueUrl, LEDGER_TABLE: ledger } = Environment?.Variables ?? {};
  if (queueUrl !== undefined) {
    return { queueUrl, hasLedger: ledger !== undefined, timeoutSeconds: Timeout };
  }
  throw new Error(`${name} has no ERRANT_QUEUE_URL, so it has no errant queue to replay.`);
}

const count = z.number().int().nonnegative();
const settled = z.object({ written: count, errant: count, skipped: count });

/**
 * Runs the sink on an event and waits for its end.
 *
 * Throws Error when the function failed, with its own message, or when its reply is not that of a
 *   replay; what the SDK throws.
 */
export async function invokeSink(
  client: LambdaClient,
  name: string,
  event: KafkaEvent,
): Promise<Settled> {
  const payload = await invokeFunction(client, name, event);
  const read = settled.safeParse(payload);
  if (read.success) return read.data;
  throw new Error(
    `${name} does not say what became of the records, so it is older than this command. Deploy it, then replay again.`,
  );
}
