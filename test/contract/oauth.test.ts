import { expect, inject, test } from 'vitest';
import { connect } from './api.ts';
import { requestToken, send } from './session.ts';

const target = inject('target');

test('a token reply has the instance URL and no lifetime', async () => {
  const { status, headers, text } = await requestToken(target);
  const reply = JSON.parse(text);
  expect([status, headers.get('content-type')]).toEqual([
    200,
    expect.stringMatching(/^application\/json;charset=utf-8$/i),
  ]);
  expect(reply).toMatchObject({
    access_token: expect.stringMatching(/^\S+$/),
    instance_url: expect.stringMatching(/^https?:\/\/[^/]+$/),
    id: expect.stringMatching(/\/id\/00D\w{15}\/005\w{15}$/),
    token_type: 'Bearer',
    scope: expect.stringMatching(/\bapi\b|\bfull\b/),
    issued_at: expect.stringMatching(/^\d{13}$/),
  });
  expect(reply).not.toHaveProperty('expires_in');
  expect(reply).not.toHaveProperty('refresh_token');
});

test('credentials may be in the Authorization header instead', async () => {
  const basic = Buffer.from(`${target.clientId}:${target.clientSecret}`).toString('base64');
  const { status } = await send(`${target.url}/services/oauth2/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${basic}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  expect(status).toBe(200);
});

test.each([
  ['a wrong secret', { client_secret: 'wrong' }, 'invalid_client', 'invalid client credentials'],
  [
    'an unknown client id',
    { client_id: 'nobody' },
    'invalid_client_id',
    'client identifier invalid',
  ],
  [
    'an unknown grant type',
    { grant_type: 'barter' },
    'unsupported_grant_type',
    'grant type not supported',
  ],
])('%s is answered 400 with an object, not an array', async (_, fields, error, description) => {
  const { status, text } = await requestToken(target, fields);
  expect([status, JSON.parse(text)]).toEqual([400, { error, error_description: description }]);
});

test('an invalid token is a 401, in the form of the REST API', async () => {
  const api = await connect(target);
  const { status, headers, text } = await api.call('GET', `${api.base}/limits`, {
    headers: { authorization: 'Bearer 00D000000000001!none' },
  });
  expect([status, JSON.parse(text)]).toEqual([
    401,
    [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }],
  ]);
  expect(Object.keys(JSON.parse(text)[0])).toEqual(['message', 'errorCode']);
  expect(headers.get('www-authenticate')).toMatch(/^Token/);
});
