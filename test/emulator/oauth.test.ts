import { type Emulator, startEmulator } from 'salesforce-bulk-emulator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { API, connect, JOBS } from './client.ts';

let emulator: Emulator;
let time = Date.UTC(2026, 0, 1);

beforeAll(async () => {
  emulator = await startEmulator({ now: () => time, tokenLifetimeMs: 60_000 });
});
afterAll(() => emulator.close());

const GRANT = {
  grant_type: 'client_credentials',
  client_id: 'local-client',
  client_secret: 'local-secret',
};

async function post(form: Record<string, string>, headers: Record<string, string> = {}) {
  const response = await fetch(`${emulator.url}/services/oauth2/token`, {
    method: 'POST',
    headers,
    body: new URLSearchParams(form),
  });
  return { status: response.status, text: await response.text(), headers: response.headers };
}

test('a login returns the recorded keys, a time as text and no lifetime', async () => {
  const { status, text } = await post(GRANT);
  const reply = JSON.parse(text);
  expect(status).toBe(200);
  expect(Object.keys(reply)).toEqual([
    'access_token',
    'signature',
    'token_format',
    'scope',
    'instance_url',
    'id',
    'token_type',
    'issued_at',
    'api_instance_url',
  ]);
  expect(reply).toMatchObject({
    access_token: expect.stringMatching(/^00D.{12}!AQ/),
    instance_url: emulator.url,
    id: expect.stringMatching(/\/id\/00D\w{15}\/005\w{15}$/),
    token_type: 'Bearer',
    issued_at: String(time),
    token_format: 'opaque',
  });
});

test('the credentials may be sent as Basic authorization', async () => {
  const basic = `Basic ${btoa('local-client:local-secret')}`;
  const { status } = await post({ grant_type: 'client_credentials' }, { authorization: basic });
  expect(status).toBe(200);
});

test.each([
  [{ ...GRANT, client_id: 'x' }, 'invalid_client_id', 'client identifier invalid'],
  [{ ...GRANT, client_secret: 'x' }, 'invalid_client', 'invalid client credentials'],
  [
    { ...GRANT, client_id: 'no-run-as-client' },
    'invalid_grant',
    'no client credentials user enabled',
  ],
  [{ ...GRANT, client_id: 'no-flow-client' }, 'unsupported_grant_type', 'grant type not supported'],
  [{ ...GRANT, grant_type: 'magic' }, 'unsupported_grant_type', 'grant type not supported'],
])('the login %j is refused with an object', async (form, error, description) => {
  const { status, text } = await post(form);
  expect([status, text]).toEqual([400, JSON.stringify({ error, error_description: description })]);
});

test('a token request has to be a POST', async () => {
  const response = await fetch(`${emulator.url}/services/oauth2/token`);
  expect([response.status, await response.json()]).toEqual([
    400,
    { error: 'invalid_request', error_description: 'must use HTTP POST' },
  ]);
});

test('an unknown token is answered as recorded', async () => {
  const response = await fetch(`${emulator.url}${JOBS}`, {
    headers: { authorization: 'Bearer x' },
  });
  expect(response.status).toBe(401);
  expect(await response.text()).toBe(
    '[{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}]',
  );
  expect(response.headers.get('www-authenticate')).toBe('Token');
  expect(response.headers.get('content-type')).toBe('application/json;charset=UTF-8');
  expect(response.headers.has('sforce-limit-info')).toBe(false);
});

test('a malformed authorization header has its own error', async () => {
  const response = await fetch(`${emulator.url}${JOBS}`, { headers: { authorization: 'x' } });
  expect([response.status, await response.json()]).toEqual([
    401,
    [{ message: 'INVALID_HEADER_TYPE', errorCode: 'INVALID_AUTH_HEADER' }],
  ]);
});

test('a token stays valid while it is used and expires when it is not', async () => {
  const client = await connect(emulator);
  const status = async () => (await client.call('GET', `${API}/nothing`)).status;
  time += 59_999;
  expect(await status()).toBe(404);
  time += 59_999;
  expect(await status()).toBe(404);
  time += 60_000;
  expect(await status()).toBe(401);
});

test('a token in JWT format says when it expires, and expires then even when it is used', async () => {
  const { text } = await post({ ...GRANT, client_id: 'jwt-client' });
  const { access_token: token, token_format: format } = JSON.parse(text);
  expect(format).toBe('jwt');
  const claims = JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString('utf8'));
  const issued = Math.floor(time / 1000);
  expect(claims).toMatchObject({
    iss: emulator.url,
    sub: expect.stringMatching(/^uid:005/),
    scp: 'api web',
    client_id: 'jwt-client',
    iat: issued,
    exp: issued + 30 * 60,
  });
  const status = async () => {
    const headers = { authorization: `Bearer ${token}` };
    return (await fetch(`${emulator.url}${API}/nothing`, { headers })).status;
  };
  const introspect = async () => {
    const body = new URLSearchParams({ token });
    const url = `${emulator.url}/services/oauth2/introspect`;
    return (await fetch(url, { method: 'POST', body })).json();
  };
  for (let minute = 1; minute < 30; minute += 1) {
    time += 60_000;
    expect(await status()).toBe(404);
  }
  expect(await introspect()).toMatchObject({ active: true, exp: claims.exp });
  time += 60_000;
  expect(await status()).toBe(401);
  expect(await introspect()).toEqual({ active: false });
});

test('an app can be changed to tokens in JWT format', async () => {
  emulator.app({ clientId: 'changed', tokenFormat: 'jwt' });
  const { text } = await post({ ...GRANT, client_id: 'changed' });
  expect(JSON.parse(text)).toMatchObject({
    token_format: 'jwt',
    api_instance_url: expect.any(String),
  });
});

test('all tokens can be expired', async () => {
  const client = await connect(emulator);
  emulator.expireTokens();
  expect((await client.call('GET', `${API}/nothing`)).status).toBe(401);
});

test('a token without the scope api has its own error message', async () => {
  const { text } = await post({ ...GRANT, client_id: 'no-api-client' });
  const token = JSON.parse(text).access_token;
  const response = await fetch(`${emulator.url}${JOBS}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect([response.status, await response.json()]).toEqual([
    401,
    [
      {
        message: 'This session is not valid for use with the REST API',
        errorCode: 'INVALID_SESSION_ID',
      },
    ],
  ]);
});

test('no secret and no token is in the log of requests', () => {
  const log = JSON.stringify(emulator.requests());
  expect(log).not.toContain('local-secret');
  expect(log).not.toContain(btoa('local-client:local-secret'));
  expect(log).not.toMatch(/!AQ/);
  expect(log).not.toMatch(/eyJ/);
});
