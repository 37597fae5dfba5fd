import { createServer } from 'node:http';
import { Agent, request } from 'undici';
import { expect, onTestFinished, test } from 'vitest';
import { listen } from '../../../local/aws/listen.ts';
import { type FaultProxyOptions, startFaultProxy } from './fault-proxy.ts';

async function givenProxy(options: FaultProxyOptions) {
  const server = createServer((_, response) => response.end('all'));
  const proxy = await startFaultProxy(await listen(server), options);
  onTestFinished(async () => {
    await proxy.close();
    server.close();
  });
  return proxy;
}

test('who is behind a connection is asked once, and known of each of its calls', async () => {
  const asked: (number | undefined)[] = [];
  const proxy = await givenProxy({
    async identify({ remotePort }) {
      asked.push(remotePort);
      return remotePort ?? null;
    },
  });
  const dispatcher = new Agent({ connections: 1 });
  for (const path of ['/1', '/2']) {
    await (await request(`${proxy.url}${path}`, { dispatcher })).body.text();
  }
  await dispatcher.close();
  expect(asked).toHaveLength(1);
  expect(proxy.requests().map(({ client }) => client)).toEqual([asked[0], asked[0]]);
});

test('a fault of an answered call happens when the client has the whole answer', async () => {
  const proxy = await givenProxy({});
  const { promise, resolve: run } = Promise.withResolvers<void>();
  proxy.arm({ match: () => true, when: 'answered', action: { kind: 'call', run } });
  const { body } = await request(proxy.url);
  expect(await body.text()).toBe('all');
  await promise;
});
