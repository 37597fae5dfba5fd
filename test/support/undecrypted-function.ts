import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { onTestFinished } from 'vitest';

/** The client of a Lambda that cannot decrypt the variables of its functions for the caller. */
export async function givenUndecryptedFunction(): Promise<LambdaClient> {
  const ErrorCode = 'AccessDeniedException';
  const Message = 'Lambda was unable to decrypt the environment variables.';
  const body = JSON.stringify({ Timeout: 60, Environment: { Error: { ErrorCode, Message } } });
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(body);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const client = new LambdaClient({
    region: 'us-east-1',
    credentials: { accessKeyId: 'dummy', secretAccessKey: 'dummy' },
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  });
  onTestFinished(() => {
    client.destroy();
    server.close();
  });
  return client;
}
