import { expect, it } from 'vitest';
import { Deadline, systemClock } from '../../../src/runtime/deadline.ts';
import { systemRuntime } from '../../../src/runtime/runtime.ts';
import { Session } from '../../../src/salesforce/session/session.ts';
import { useEmulator } from '../../support/emulator.ts';
import { keptLog } from '../../support/sink.ts';

const salesforce = await useEmulator();

const bounds = () => ({
  runtime: systemRuntime(),
  log: keptLog(),
  maxRetries: 0,
  attemptTimeoutMs: 5_000,
  deadline: new Deadline(systemClock, Date.now() + 10_000),
});

const good = { clientId: 'local-client', clientSecret: 'local-secret' };
const sessionWith = (read: (fresh: boolean) => typeof good) =>
  new Session(`${salesforce.url}/services/oauth2/token`, async (_deadline, fresh) => read(fresh));
const logins = () => salesforce.requests().length;

it('logs in once for concurrent calls', async () => {
  const session = sessionWith(() => good);
  const tokens = await Promise.all([1, 2, 3].map(() => session.token(bounds())));
  expect(new Set(tokens).size).toBe(1);
  expect(logins()).toBe(1);
});

it('replaces a refused token once, however many calls met the refusal', async () => {
  const session = sessionWith(() => good);
  const refused = await session.token(bounds());
  await Promise.all([session.drop(refused), session.drop(refused)]);
  const next = await session.token(bounds());
  await session.drop(refused);
  expect(await session.token(bounds())).toBe(next);
  expect(next).not.toBe(refused);
  expect(logins()).toBe(2);
});

it('logs in with the rotated secret when the cached one is refused', async () => {
  const session = sessionWith((fresh) => (fresh ? good : { ...good, clientSecret: 'old' }));
  expect((await session.token(bounds())).instanceUrl).toBe(salesforce.url);
  expect(logins()).toBe(2);
});

it('does not keep a failed login', async () => {
  let secret = { ...good, clientSecret: 'wrong' };
  const session = sessionWith(() => secret);
  await expect(session.token(bounds())).rejects.toMatchObject({ code: 'LOGIN_REFUSED' });
  secret = good;
  expect((await session.token(bounds())).accessToken).toMatch(/^00D/);
});

it.each([
  ['ip restricted', /^LOGIN_REFUSED: .* IP Relaxation.* login IP ranges .* NAT gateway/],
  ['no client credentials user enabled', /^LOGIN_REFUSED: .* Give the app a run-as user/],
])('says what to do when a login is refused because of: %s', async (why, message) => {
  const body = { error: 'invalid_grant', error_description: why };
  salesforce.fault({ call: 'token', action: { kind: 'status', status: 400, body } });
  await expect(sessionWith(() => good).token(bounds())).rejects.toThrow(message);
});

it('refuses an instance over plain http on another machine', async () => {
  const body = { access_token: 'x', instance_url: 'http://acme.my.salesforce.com' };
  salesforce.fault({ call: 'token', action: { kind: 'status', status: 200, body } });
  await expect(sessionWith(() => good).token(bounds())).rejects.toMatchObject({
    code: 'SALESFORCE_REPLY_INVALID',
  });
});
