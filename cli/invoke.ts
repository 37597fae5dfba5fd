import { InvokeCommand, LambdaClient, type LambdaClientConfig } from '@aws-sdk/client-lambda';
import { z } from 'zod';

const failed = z.object({ errorMessage: z.string() });

/** A client without timeouts and retries: an invocation whose response is lost may have run. */
export function lambdaClient(config: LambdaClientConfig): LambdaClient {
  const requestHandler = { connectionTimeout: 5_000, requestTimeout: 0, socketTimeout: 0 };
  return new LambdaClient({ ...config, maxAttempts: 1, requestHandler });
}

/**
 * Invokes a function and returns its result.
 *
 * Throws Error with the function's message when it failed; errors of the SDK pass through.
 */
export async function invokeFunction(
  client: Pick<LambdaClient, 'send'>,
  name: string,
  event: unknown,
): Promise<unknown> {
  const command = new InvokeCommand({ FunctionName: name, Payload: JSON.stringify(event) });
  const { FunctionError, Payload } = await client.send(command);
  const payload: unknown = JSON.parse(Buffer.from(Payload ?? []).toString() || 'null');
  if (FunctionError === undefined) return payload;
  const { errorMessage = FunctionError } = failed.safeParse(payload).data ?? {};
  throw new Error(errorMessage);
}
