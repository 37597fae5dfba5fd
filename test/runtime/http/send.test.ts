import { createServer, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listen } from '../../../local/aws/listen.ts';
import { createSend, type HttpRequest, type OpenReply } from '../../../src/runtime/http/send.ts';

/** Answers as the test available wants. */
let answer: (response: ServerResponse) => unknown;
const asked: string[] = [];
const server = createServer((message, response) => {
  asked.push(message.url ?? '');
  answer(response);
});
let url: string;

beforeAll(async () => {
  url = await listen(server);
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const send = createSend();
const get = (more: Partial<HttpRequest> = {}) =>
  send({ method: 'GET', url, headers: {}, repeatable: true, timeoutMs: 5_000, ...more });

/** Sends the pieces of a body with a pause before each. */
const slowly = (pieces: readonly (string | Buffer)[], pauseMs: number) =>
  async function send(response: ServerResponse) {
    for (const piece of pieces) {
      await sleep(pauseMs);
      response.write(piece);
    }
    response.end();
  };

const text = async ({ body }: OpenReply) => {
  const pieces: Uint8Array[] = [];
  for await (const piece of body) pieces.push(piece);
  return Buffer.concat(pieces).toString();
};

describe('a body that keeps arriving', () => {
  it('is read, however long it takes, while no pause is too long', async () => {
    answer = slowly(['a', 'b', 'c', 'd', 'e', 'f'], 100);
    expect((await get({ silenceMs: 300 })).body).toBe('abcdef');
  });

  it('is cut when the whole time is over', async () => {
    answer = slowly(Array.from({ length: 60 }, String), 100);
    await expect(get({ timeoutMs: 2_000, silenceMs: 1_900 })).rejects.toMatchObject({
      ...{ name: 'NoReply', message: 'no whole reply within 2000 ms', mayHaveArrived: true },
    });
  });

  it('is cut when a pause is too long', async () => {
    answer = (response) => response.write('half');
    await expect(get({ silenceMs: 100 })).rejects.toMatchObject({
      ...{ name: 'NoReply', message: 'no more of the reply within 100 ms' },
    });
  });
});

describe('a server', () => {
  it('that says nothing is left after the time for silence', async () => {
    answer = () => undefined;
    await expect(get({ silenceMs: 100 })).rejects.toThrow('no reply within 100 ms');
  });

  it('that names another place is not followed', async () => {
    answer = (response) => response.writeHead(302, { location: `${url}/elsewhere` }).end();
    const { status, headers } = await get();
    expect([status, headers['location'], asked.at(-1)]).toEqual([302, `${url}/elsewhere`, '/']);
  });
});

describe('a body in gzip', () => {
  const packed = (body: Buffer) => (response: ServerResponse) =>
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(body);

  it('is inflated', async () => {
    answer = packed(gzipSync('a text'));
    expect((await get()).body).toBe('a text');
  });

  it('that is empty is an empty text', async () => {
    answer = packed(Buffer.alloc(0));
    expect((await get()).body).toBe('');
  });

  it.each([
    ['cut off', gzipSync('x'.repeat(100_000)).subarray(0, 60), 'Z_BUF_ERROR'],
    ['no gzip at all', Buffer.from('<html>'), 'Z_DATA_ERROR'],
  ])('that is %s is no reply', async (_what, body, code) => {
    answer = packed(body);
    await expect(get()).rejects.toMatchObject({ name: 'NoReply', message: code });
  });

  it('that swells beyond every text is no reply', async () => {
    answer = packed(gzipSync(Buffer.alloc(64 * 1024 * 1024 + 1)));
    await expect(get()).rejects.toThrow(/^a body of more than/);
  });
});

describe('a request that takes the body itself', () => {
  /** Sends it, and gives the reply and what was taken. */
  async function taking() {
    const taken: string[] = [];
    const reply = await get({ take: async (open) => void taken.push(await text(open)) });
    return { status: reply.status, body: reply.body, taken };
  }

  it('gets it as it arrives, inflated', async () => {
    answer = (response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('x'));
    expect(await taking()).toEqual({ status: 200, body: '', taken: ['x'] });
  });

  it('gets that of a success only', async () => {
    answer = (response) => response.writeHead(503).end('no');
    expect(await taking()).toEqual({ status: 503, body: 'no', taken: [] });
  });

  it('throws what it throws itself', async () => {
    answer = slowly(['a', 'b'], 10);
    const mine = new Error('mine');
    const take = async ({ body }: OpenReply) => {
      for await (const _piece of body) throw mine;
    };
    await expect(get({ take })).rejects.toBe(mine);
  });

  it('throws NoReply when the body is cut off', async () => {
    answer = (response) => response.write('half', () => response.destroy());
    const take = async (reply: OpenReply) => void (await text(reply));
    await expect(get({ take })).rejects.toMatchObject({ name: 'NoReply' });
  });
});
