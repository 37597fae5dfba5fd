import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ApicurioRegistry } from '../../../src/decode/registry/apicurio.ts';
import type { SinkError } from '../../../src/errors.ts';
import { Deadline } from '../../../src/runtime/deadline.ts';
import { systemRuntime } from '../../../src/runtime/runtime.ts';
import { quickClock } from '../../support/clock.ts';

const clock = quickClock();
const notFound = JSON.stringify({ name: 'ArtifactNotFoundException', title: 'No artifact' });
const own = '/apis/registry/v3/ids/globalIds/7';

let server: Server;
let requests: string[];
let answer: RequestListener;

beforeEach(async () => {
  requests = [];
  server = createServer((request, response) => {
    requests.push(request.url ?? '');
    answer(request, response);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const registry = (path = '/apis/ccompat/v7') =>
  new ApicurioRegistry({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
    runtime: { ...systemRuntime(), clock },
    maxRetries: 2,
    readLogin: async () => null,
  });

const ask = (id = 'globalIds/7', ms = 60_000) =>
  registry().schema(id, new Deadline(clock, clock.now() + ms));

const failure = (call: Promise<unknown>): Promise<SinkError> =>
  call.then(
    () => Promise.reject(new Error('no error')),
    (error: SinkError) => error,
  );

const status =
  (code: number, body = ''): RequestListener =>
  (_request, response) =>
    response.writeHead(code, { 'content-type': 'application/json' }).end(body);

describe('Apicurio Registry', () => {
  it('is asked for a global id and its references below its own API', async () => {
    answer = ({ url = '' }, response) => {
      if (url.endsWith('/references')) response.end('[]');
      else response.writeHead(200, { 'x-registry-artifacttype': 'AVRO' }).end('"string"');
    };
    expect(await ask()).toEqual({ type: 'AVRO', text: '"string"', references: [] });
    expect(requests).toEqual([`${own}?returnArtifactType=true`, `${own}/references`]);
  });

  it('is asked for a content id through the API of Confluent', async () => {
    answer = status(200, JSON.stringify({ schema: '"string"' }));
    expect(await ask('contentIds/7')).toMatchObject({ type: 'AVRO', text: '"string"' });
    expect(requests).toEqual(['/apis/ccompat/v7/schemas/ids/7']);
  });

  it('returns null for an unknown id', async () => {
    answer = status(404, notFound);
    expect(await ask()).toBeNull();
  });

  it('that answers 404 in other words is not a registry', async () => {
    answer = status(404, '<html>');
    const error = await failure(ask());
    expect(error).toMatchObject({ code: 'SCHEMA_REGISTRY_REFUSED' });
    expect(error.message).toContain('Check SCHEMA_REGISTRY_URL');
  });

  it('that stays down fails the flush with a retryable error, after its retries', async () => {
    answer = status(503);
    const error = await failure(ask());
    expect(error).toMatchObject({ code: 'SCHEMA_REGISTRY_UNAVAILABLE', retryable: true });
    expect(requests).toHaveLength(3);
  });

  it.each([400, 403, 301])('that answers %i fails the flush at once', async (code) => {
    answer = status(code);
    expect(await failure(ask())).toMatchObject({ code: 'SCHEMA_REGISTRY_REFUSED', status: code });
    expect(requests).toHaveLength(1);
  });

  it('that does not reply times out before the deadline', async () => {
    answer = () => undefined;
    const error = await failure(ask('globalIds/7', 300));
    expect(error).toMatchObject({ code: 'SCHEMA_REGISTRY_UNAVAILABLE' });
  });

  it('that answers with other references is another server', async () => {
    answer = ({ url = '' }, response) => response.end(url.endsWith('/references') ? '{}' : '"x"');
    expect(await failure(ask())).toMatchObject({ code: 'SCHEMA_REGISTRY_REPLY_INVALID' });
  });
});
