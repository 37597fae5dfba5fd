import { createServer } from 'node:http';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { onTestFinished } from 'vitest';
import { listen } from '../../local/aws/listen.ts';

/** The client of a Lambda that cannot decrypt the variables of its functions for the caller. */
export async function givenUndecryptedFunction(): Promise<LambdaClient> {
  const ErrorCode = 'AccessDeniedException';
  const Message = 'Lambda was unable to decrypt the environment variables.';
  const body = JSON.stringify({ Timeout: 60, Environment: { Error: { ErrorCode, Message } } });
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(body);
  });
  const client = new LambdaClient({
    region: 'us-east-1',
    credentials: { accessKeyId: 'dummy', secretAccessKey: 'dummy' },
    endpoint: await listen(server),
  });
  onTestFinished(() => {
    client.destroy();
    server.close();
  });
  return client;
}
