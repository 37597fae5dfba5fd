import type { CallName, Fault } from 'salesforce-bulk-emulator';
import { describe, expect, it } from 'vitest';
import { type ErrorCode, errorCodes, SinkError } from '../../src/errors.ts';
import { useEmulator } from '../support/emulator.ts';
import { eventOfValues } from '../support/event.ts';
import { type GivenSink, sinkTo } from '../support/sink.ts';

const salesforce = await useEmulator();

const rows = 5;
const event = eventOfValues(
  Array.from({ length: rows }, (_, n) => ({ LastName: `Pin ${n}`, Description: 'pin-4711' })),
);

/** Every call of a staged flush; a fault of a call that is made again and again strikes each time. */
const callsOfAFlush = ['token', 'create', 'upload', 'close', 'info'] as const;

const limit = [{ message: 'TotalRequests Limit exceeded.', errorCode: 'REQUEST_LIMIT_EXCEEDED' }];
const denied = [{ message: 'No access', errorCode: 'INSUFFICIENT_ACCESS' }];
const html = '<html><body>Maintenance</body></html>';

type Reply = readonly [
  name: string,
  action: Extract<Fault, { call: unknown }>['action'],
  code: ErrorCode,
];

const status = (code: number, body?: unknown) => ({ kind: 'status', status: code, body }) as const;

const errorReplies: readonly Reply[] = [
  ['400 without a body', status(400), 'SALESFORCE_REFUSED'],
  ['401', status(401, [{ errorCode: 'INVALID_SESSION_ID', message: 'x' }]), 'SESSION_REFUSED'],
  ['403 for the API limit', status(403, limit), 'SALESFORCE_LIMIT'],
  ['403 for a permission', status(403, denied), 'SALESFORCE_REFUSED'],
  ['404', status(404), 'SALESFORCE_REFUSED'],
  ['405', status(405), 'SALESFORCE_REFUSED'],
  ['408', status(408), 'SALESFORCE_UNAVAILABLE'],
  ['409', status(409), 'SALESFORCE_REFUSED'],
  ['410', status(410), 'SALESFORCE_REFUSED'],
  ['415', status(415), 'SALESFORCE_REFUSED'],
  ['420 in HTML', status(420, html), 'SALESFORCE_REFUSED'],
  ['429', status(429), 'SALESFORCE_UNAVAILABLE'],
  ['500 without a body', status(500), 'SALESFORCE_UNAVAILABLE'],
  ['502 in HTML', status(502, html), 'SALESFORCE_UNAVAILABLE'],
  ['503', status(503), 'SALESFORCE_UNAVAILABLE'],
  ['504', status(504), 'SALESFORCE_UNAVAILABLE'],
  ['505', status(505), 'SALESFORCE_REFUSED'],
  ['a redirect', status(302), 'SALESFORCE_REFUSED'],
];

const brokenReplies: readonly Reply[] = [
  ['200 in HTML', status(200, html), 'SALESFORCE_REPLY_INVALID'],
  ['200 without a body', status(200), 'SALESFORCE_REPLY_INVALID'],
  ['200 with half a JSON', status(200, '{"id":"750'), 'SALESFORCE_REPLY_INVALID'],
  ['200 with other JSON', status(200, { hello: 'pin-4711' }), 'SALESFORCE_REPLY_INVALID'],
  ['a connection that breaks', { kind: 'reset' }, 'SALESFORCE_UNREACHABLE'],
];

const unknownWhenCreating: ReadonlySet<ErrorCode> = new Set([
  'SALESFORCE_REPLY_INVALID',
  'SALESFORCE_UNREACHABLE',
]);

/** What the code must be: creating says less where a job may exist, a login more where it is refused. */
function expected(call: CallName, [name, , code]: Reply): ErrorCode {
  const lost = unknownWhenCreating.has(code) || /^50[0245]/.test(name);
  if (call === 'create' && lost) return 'JOB_CREATE_UNKNOWN';
  const refused = code === 'SALESFORCE_REFUSED' || code === 'SESSION_REFUSED';
  if (call === 'token' && refused) return 'LOGIN_REFUSED';
  if (call === 'info' && errorCodes[code].retryable) return 'JOB_STILL_RUNNING';
  return code;
}

/** What must hold after any failure: no payload is logged, and at most one copy is there. */
function checkTraces(sink: GivenSink, error: Error | null): void {
  const text = JSON.stringify([error?.message, error?.cause, sink.log.lines]);
  expect(text).not.toMatch(/pin-4711|Pin \d|local-secret|Bearer/);
  expect(salesforce.records('Contact').length).toBeLessThanOrEqual(rows);
  const open = salesforce.jobs().filter(({ state }) => state === 'Open');
  expect(open.length).toBeLessThanOrEqual(1);
}

describe.each(callsOfAFlush)('when %s is always answered', (call) => {
  const replies = call === 'upload' ? errorReplies : [...errorReplies, ...brokenReplies];
  it.each(replies)('with %s, the flush throws', async (...reply) => {
    salesforce.configure({ queueMs: 60_000 });
    salesforce.fault({ call, times: null, action: reply[1] });
    const sink = sinkTo(salesforce.url, { UPLOAD_MODE: 'staged', POLL_MAX_STEPS: '4' });
    const error = await sink.deliver(event);
    salesforce.configure({ queueMs: 2 });
    expect(error).toBeInstanceOf(SinkError);
    expect((error as SinkError).code).toBe(expected(call, reply));
    expect(error?.message).toContain('[contacts-0@0..4]');
    expect(salesforce.records('Contact')).toEqual([]);
    checkTraces(sink, error);
  });
});

const passing = [...errorReplies, ...brokenReplies].filter(
  ([, , code]) => errorCodes[code].retryable,
);

describe.each(callsOfAFlush)('when %s is answered once', (call) => {
  it.each(passing)(
    'with %s, every row is written once, or nothing is and the flush throws',
    async (...reply) => {
      salesforce.fault({ call, action: reply[1] });
      const sink = sinkTo(salesforce.url, { UPLOAD_MODE: 'staged' });
      const error = await sink.deliver(event);
      expect(salesforce.records('Contact')).toHaveLength(error === null ? rows : 0);
      const survives =
        !['create', 'upload'].includes(call) || reply[2] === 'SALESFORCE_UNAVAILABLE';
      const isLimit = reply[2] === 'SALESFORCE_LIMIT' && call !== 'info';
      if (survives && !isLimit && expected(call, reply) !== 'JOB_CREATE_UNKNOWN')
        expect(error).toBeNull();
      checkTraces(sink, error);
    },
  );
});

describe('a used-up API allowance', () => {
  it.each(['token', 'create', 'upload', 'close'] as const)(
    'met at %s is not asked again',
    async (call) => {
      salesforce.fault({ call, times: null, action: status(403, limit) });
      const sink = sinkTo(salesforce.url, { UPLOAD_MODE: 'staged' });
      expect(((await sink.deliver(event)) as SinkError).code).toBe('SALESFORCE_LIMIT');
      const asked = salesforce.requests().filter((request) => request.call === call);
      expect(asked).toHaveLength(1);
    },
  );
});

describe('a server', () => {
  it.each(callsOfAFlush)(
    'that is silent at %s does not hold the flush past its deadline',
    async (call) => {
      salesforce.configure({ queueMs: 2_000 });
      salesforce.fault({ call, times: null, action: { kind: 'silence' } });
      const sink = sinkTo(salesforce.url, { UPLOAD_MODE: 'staged' });
      const began = sink.clock.now();
      const error = await sink.deliver(event, 1_500);
      salesforce.configure({ queueMs: 2 });
      expect(error).toBeInstanceOf(SinkError);
      expect(errorCodes[(error as SinkError).code].retryable).toBe(true);
      expect(sink.clock.now() - began).toBeLessThanOrEqual(1_500);
      checkTraces(sink, error);
    },
  );

  it('that refuses connections is SALESFORCE_UNREACHABLE', async () => {
    const error = await sinkTo('http://127.0.0.1:9').deliver(event);
    expect(error?.message).toMatch(
      /^SALESFORCE_UNREACHABLE: POST \/services\/oauth2\/token gave no reply: ECONNREFUSED \(4 attempts\)/,
    );
  });

  it('whose name is unknown is SALESFORCE_UNREACHABLE', async () => {
    const error = await sinkTo('https://nowhere.invalid').deliver(event, 5_000);
    expect((error as SinkError).code).toBe('SALESFORCE_UNREACHABLE');
  });

  it('that says nothing of failed rows still makes the flush throw', async () => {
    salesforce.fault({ rowError: 'UNABLE_TO_LOCK_ROW:locked:--', match: { LastName: 'Pin 1' } });
    salesforce.fault({ call: 'failedResults', times: null, action: status(500) });
    const error = await sinkTo(salesforce.url).deliver(event);
    expect(error?.message).toMatch(/^SALESFORCE_UNAVAILABLE: GET .*failedResults answered 500/);
  });
});
