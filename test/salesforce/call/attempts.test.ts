import { expect, it } from 'vitest';
import { Deadline } from '../../../src/runtime/deadline.ts';
import { NoReply } from '../../../src/runtime/http/no-reply.ts';
import type { HttpRequest } from '../../../src/runtime/http/send.ts';
import { sendOnce, withRetries } from '../../../src/salesforce/call/attempts.ts';
import {
  AttemptFailed,
  failureOfNoReply,
  failureOfStatus,
} from '../../../src/salesforce/call/failure.ts';
import { keptLog } from '../../support/sink.ts';

const clock = { now: () => 0, sleep: async () => undefined };

const boundsOf = (leftMs: number, sent: HttpRequest[] = []) => ({
  runtime: {
    clock,
    random: () => 0,
    uuid: () => 'edge',
    send: async (request: HttpRequest) => {
      sent.push(request);
      return { status: 200, headers: {}, body: '' };
    },
  },
  log: keptLog(),
  maxRetries: 2,
  attemptTimeoutMs: 60_000,
  deadline: new Deadline(clock, leftMs),
});

const request = { method: 'GET', url: 'http://127.0.0.1', headers: {}, repeatable: true } as const;

it('an attempt that takes the body itself may go on to the deadline, any other not', async () => {
  const sent: HttpRequest[] = [];
  const take = async () => undefined;
  await sendOnce(request, boundsOf(840_000, sent), false);
  await sendOnce({ ...request, take }, boundsOf(840_000, sent), false);
  expect(sent).toMatchObject([
    { timeoutMs: 60_000, silenceMs: 60_000 },
    { timeoutMs: 840_000, silenceMs: 420_000 },
  ]);
});

it.each([
  ['always', [false, false, true]],
  ['if-not-processed', [true]],
  ['never', [true]],
] as const)(
  'of a call repeated %s, the last attempt knows that it is',
  async (repeat, expected) => {
    const knew: boolean[] = [];
    const lost = failureOfNoReply(new NoReply('x', { mayHaveArrived: true, cause: undefined }));
    const fail = (isLast: boolean) => {
      knew.push(isLast);
      return Promise.reject(new AttemptFailed(lost));
    };
    await withRetries({ name: 'GET /x', repeat }, boundsOf(1000), fail).catch(() => undefined);
    expect(knew).toEqual(expected);
  },
);

it('no attempt begins when no time is left', async () => {
  const call = { name: 'GET /x', repeat: 'always' } as const;
  const never = () => Promise.reject(new Error('began'));
  await expect(withRetries(call, boundsOf(0), never)).rejects.toMatchObject({
    code: 'DEADLINE_REACHED',
  });
});

it.each([
  [
    403,
    'REQUEST_LIMIT_EXCEEDED',
    /^SALESFORCE_LIMIT: GET \/x answered 403 REQUEST_LIMIT_EXCEEDED\. A limit/,
  ],
  [401, 'INVALID_SESSION_ID', /^SESSION_REFUSED: .* scope api\.$/],
  [404, 'NOT_FOUND', /^SALESFORCE_REFUSED: .*Check the sink's settings/],
  [410, 'GONE', /^SALESFORCE_REFUSED: .* SALESFORCE_API_VERSION to a newer version/],
  [
    403,
    'API_CURRENTLY_DISABLED',
    /^SALESFORCE_UNAVAILABLE: .* \(3 attempts\)\. .*disabled.* temporarily/,
  ],
  [403, 'API_DISABLED_FOR_ORG', /^SALESFORCE_REFUSED: .*edition.*"API Enabled"/],
  [403, 'constructor', /^SALESFORCE_REFUSED: .*Check the sink's settings/],
  [503, 'SERVER_UNAVAILABLE', /^SALESFORCE_UNAVAILABLE: .* \(3 attempts\)\. .*status page\.$/],
])('after a %i %s the error says what to do', async (status, errorCode, message) => {
  const call = { name: 'GET /x', repeat: 'always' } as const;
  const reply = { status, headers: {}, body: JSON.stringify([{ errorCode }]) };
  const fail = () => Promise.reject(new AttemptFailed(failureOfStatus(reply, { secrets: [] })));
  await expect(withRetries(call, boundsOf(1000), fail)).rejects.toThrow(message);
});

it('a fault of ours is not tried again', async () => {
  let times = 0;
  const call = { name: 'GET /x', repeat: 'always' } as const;
  const fault = new TypeError('a mistake');
  const once = () => {
    times++;
    return Promise.reject(fault);
  };
  await expect(withRetries(call, boundsOf(1000), once)).rejects.toBe(fault);
  expect(times).toBe(1);
});

it('a token that a reply repeats is taken out before its message is cut', () => {
  const token = '00Dxx0000000001!AQ.token';
  const message = `${'x'.repeat(290)}${token}`;
  const reply = { status: 400, headers: {}, body: JSON.stringify([{ errorCode: 'BAD', message }]) };
  const { what } = failureOfStatus(reply, { secrets: [token] });
  expect(what).toMatch(/^answered 400 BAD: x+/);
  expect(what).not.toContain('00D');
});
