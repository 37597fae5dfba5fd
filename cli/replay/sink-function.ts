import { GetFunctionConfigurationCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { z } from 'zod';
import type { KafkaEvent } from '../../src/kafka/event.ts';
import { invokeFunction } from '../invoke.ts';
import type { Settled } from './ports.ts';

/** The deployed settings that a replay needs. */
export interface DeployedSink {
  readonly queueUrl: string;
  readonly hasLedger: boolean;
  readonly timeoutSeconds: number;
}

/**
 * Reads the settings of the function.
 *
 * Throws Error for the user when there is no errant queue, or when the caller may not decrypt the
 * variables; errors of the SDK pass through.
 */
export async function deployedSink(client: LambdaClient, name: string): Promise<DeployedSink> {
  const command = new GetFunctionConfigurationCommand({ FunctionName: name });
  const { Environment, Timeout = 0 } = await client.send(command);
  // Lambda returns this in place of the variables, and succeeds.
  const { ErrorCode } = Environment?.Error ?? {};
  if (ErrorCode !== undefined) {
    throw new Error(
      `Lambda did not decrypt the variables of ${name} (${ErrorCode}). Allow kms:Decrypt on the key of the stage, kmsKeyArn in its sinks file, to the AWS credentials, in their policy and in the key's.`,
    );
  }
  const { ERRANT_QUEUE_URL: queueUrl, LEDGER_TABLE: ledger } = Environment?.Variables ?? {};
  if (queueUrl !== undefined) {
    return { queueUrl, hasLedger: ledger !== undefined, timeoutSeconds: Timeout };
  }
  throw new Error(`${name} has no ERRANT_QUEUE_URL, so it has no errant queue to replay.`);
}

const count = z.number().int().nonnegative();
const record = {
  topic: z.string(),
  partition: count,
  offset: count,
  timestamp: z.number().int(),
};
const outdated = z.object({ ...record, writtenAt: z.number().int() });
const failing = z.object({ ...record, code: z.string() });

const settled = z.object({
  written: count,
  errant: count,
  skipped: count,
  // A function of an older version leaves out none.
  outdated: z.array(outdated).default([]),
  // Only a dry run has some.
  failing: z.array(failing).default([]),
});

/** A function of version 0.1 does not know the source of an event that leaves out records. */
function refusedByOlder(error: unknown, { eventSource }: KafkaEvent, name: string): unknown {
  const isRefused = error instanceof Error && error.message.includes('eventSource is neither');
  if (!isRefused || !eventSource.startsWith('ErrantQueue')) return error;
  const forced =
    eventSource === 'ErrantQueue' ? 'replay with --force' : 'only count them, with --force';
  const message = `${name} is older than this command, and cannot leave out records whose row was written after them. Nothing was sent. Deploy it, then replay again; or ${forced}.`;
  return new Error(message, { cause: error });
}

/**
 * Invokes the sink and awaits its result.
 *
 * Throws Error when the function failed, with its message, or when its result is not that of a
 * replay; errors of the SDK pass through.
 */
export async function invokeSink(
  client: LambdaClient,
  name: string,
  event: KafkaEvent,
): Promise<Settled> {
  const payload = await invokeFunction(client, name, event).catch((error: unknown) => {
    throw refusedByOlder(error, event, name);
  });
  const read = settled.safeParse(payload);
  if (read.success) return read.data;
  throw new Error(
    `${name} does not report the results of a replay, so it is older than this command. Deploy it, then replay again.`,
  );
}
