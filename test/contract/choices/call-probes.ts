import { startEmulator } from 'salesforce-bulk-emulator';
import { type Api, connect } from '../api.ts';
import { explain, requestToken, send } from '../session.ts';
import { emulatorTarget } from '../target.ts';
import { decide, type Probe } from './probe.ts';

const LIMITS = (api: Api) => `${api.base}/limits`;

/** Questions about logging in, headers, versions and what an org allows in a day. */
export const callProbes = {
  'repeated-login': {
    how: 'Two logins, one after the other',
    ask: async ({ target }) => {
      const tokens = [await requestToken(target), await requestToken(target)];
      const [first, second] = tokens.map(({ text }) => JSON.parse(text).access_token);
      return first === second ? 'same-token' : 'new-token';
    },
  },
  'token-method': {
    how: 'A GET of the token endpoint',
    ask: async ({ target }) => {
      const { status, text } = await send(`${target.url}/services/oauth2/token`, { method: 'GET' });
      const expected = { error: 'invalid_request', error_description: 'must use HTTP POST' };
      return decide(`${status} ${text}`, {
        'invalid-request': status === 400 && text === JSON.stringify(expected),
      });
    },
  },
  'missing-authorization': {
    how: 'A call without the header, and one with a header that is malformed',
    ask: async (api) => {
      const url = api.target.url + LIMITS(api);
      const without = explain(await send(url, {}));
      const headers = { authorization: 'nonsense' };
      const malformed = explain(await send(url, { headers }));
      return decide(`without: ${without}; malformed: ${malformed}`, {
        '401':
          without === '401 INVALID_SESSION_ID: Session expired or invalid' &&
          malformed === '401 INVALID_AUTH_HEADER: INVALID_HEADER_TYPE',
      });
    },
  },
  'limit-info-on-errors': {
    how: 'A 404 and a 401, and whether they carry `Sforce-Limit-Info`',
    ask: async (api) => {
      const missing = await api.call('GET', `${api.jobs}/750000000000001AAA`);
      const stranger = await send(api.target.url + LIMITS(api), {
        headers: { authorization: 'Bearer none' },
      });
      const has = [missing, stranger].map(({ headers }) => headers.has('sforce-limit-info'));
      return decide(`404: ${has[0]}, 401: ${has[1]}`, {
        'all-but-401': has.join() === 'true,false',
      });
    },
  },
  'version-errors': {
    how: 'Calls of v29.0 and of v999.0',
    ask: async (api) => {
      const retired = explain(await api.call('GET', '/services/data/v29.0/limits'));
      const unknown = explain(await api.call('GET', '/services/data/v999.0/limits'));
      return decide(`${retired}; ${unknown}`, {
        'gone-and-not-found':
          retired === '410 GONE: The requested API version is no longer available' &&
          unknown === '404 NOT_FOUND: The requested resource does not exist',
      });
    },
  },
  'batches-per-job': {
    how: '`DailyBulkApiBatches` before and after a job of 10,001 rows',
    emulatorOnly: 'Other clients of an org use batches too, and `/limits` may be five minutes late',
    ask: async (api) => {
      const remaining = async () =>
        JSON.parse((await api.call('GET', LIMITS(api))).text).DailyBulkApiBatches.Remaining;
      const before = await remaining();
      await api.run(`FirstName\n${'x\n'.repeat(10_001)}`);
      const used = before - (await remaining());
      return decide(`${used} batches`, { 'one-per-10000-rows': used === 2 });
    },
  },
  'allocation-window': {
    how: 'A call every six hours, until one more than a day allows is answered',
    emulatorOnly: 'It takes a day, and all of the calls of the org',
    ask: async () => {
      let now = Date.UTC(2026, 0, 1);
      const options = { apiLimit: 1, tokenLifetimeMs: 1e12, now: () => now };
      const emulator = await startEmulator(options);
      const api = await connect(emulatorTarget(emulator));
      const answered: number[] = [];
      for (let hours = 0; hours <= 24; hours += 6) {
        if ((await api.call('GET', LIMITS(api))).status === 200) answered.push(hours);
        now += 6 * 3_600_000;
      }
      await emulator.close();
      return decide(`answered after ${answered} hours`, {
        'all-after-24-hours': answered.join() === '0,24',
      });
    },
  },
  'exhausted-requests': {
    how: 'One call more than the org has in a day',
    emulatorOnly: 'Every client of the org would stand still for the rest of the day',
    ask: async () => {
      const emulator = await startEmulator({ apiLimit: 1 });
      const api = await connect(emulatorTarget(emulator));
      await api.call('GET', LIMITS(api));
      const seen = explain(await api.call('GET', LIMITS(api)));
      await emulator.close();
      return decide(seen, { 'at-the-limit': seen.startsWith('403 REQUEST_LIMIT_EXCEEDED:') });
    },
  },
  'upload-over-limit': {
    how: 'A PUT of 150,000,001 bytes',
    emulatorOnly: 'The data would lie in the org for a week if it were taken',
    ask: async (api) => {
      const id = await api.open();
      const reply = await api.call('PUT', `${api.jobs}/${id}/batches`, {
        headers: { 'content-type': 'text/csv' },
        body: Buffer.alloc(150_000_001, 'x'),
      });
      const seen = explain(reply);
      return decide(seen, { 'client-input-error': seen.startsWith('400 CLIENTINPUTERROR:') });
    },
  },
} satisfies Record<string, Probe>;
