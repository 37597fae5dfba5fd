import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A way to a broker that keeps what passes; it has ended when the test has. */
export interface Recorder {
  /** `host:port`. */
  address: string;
  /** All bytes that clients have sent to the broker. */
  sent(): Buffer;
  /** All bytes that the broker has answered. */
  answered(): Buffer;
}

/** Opens a way to the broker on this port of this machine. */
export async function givenRecorder(brokerPort: number): Promise<Recorder> {
  const sent: Buffer[] = [];
  const answered: Buffer[] = [];
  const sockets: Socket[] = [];
  const server = createServer((client) => {
    const broker = connect(brokerPort, '127.0.0.1');
    sockets.push(client, broker);
    client.on('data', (bytes: Buffer) => sent.push(bytes)).pipe(broker);
    broker.on('data', (bytes: Buffer) => answered.push(bytes)).pipe(client);
    client.on('error', () => broker.destroy());
    broker.on('error', () => client.destroy());
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  return {
    address: `127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    sent: () => Buffer.concat(sent),
    answered: () => Buffer.concat(answered),
  };
}
