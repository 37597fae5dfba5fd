import { expect, test } from 'vitest';
import type {
  Failure,
  Flush,
  MappingEvent,
} from '../../../../local/event-source-mapping/mapping-event.ts';
import {
  afterEvent,
  afterLines,
  afterLog,
  type LiveState,
  startOf,
} from '../../../../local/runner/live/state.ts';
import { viewLines } from '../../../../local/runner/live/view.ts';

const flush = (batch: number, records: number): Flush => ({
  ...{ batch, attempt: 1, records, bytes: 0, ranges: [] },
});
const committed = (batch: number): MappingEvent => ({ kind: 'committed', batch, positions: [] });

const log = (message: string, fields: Record<string, unknown>) => ({
  message,
  fields: { function_request_id: 'a', job_id: '750A', ...fields },
});

const lagOf = (...lags: (number | null)[]) =>
  lags.map((lag, partition) => ({ topic: 'contacts', partition, lag }));

const shown = (state: LiveState, now: number, rows = 24) =>
  viewLines(state, { now, rows, lag: lagOf(0, 2000, null), title: 'sink' }).map(({ text }) => text);

test('a run that has just begun shows nothing but zeros', () => {
  expect(shown(startOf(0), 1000)).toEqual([
    'sink  00:00:01',
    '',
    `  rate    0 records/s  ${' '.repeat(24)}`,
    '  total   0 records in 0 flushes, 0 in flight',
    '  lag     2,000  contacts-1 2,000  contacts-2 ?',
    '  jobs    none',
    '  errant  0',
    '',
    'Ctrl-C stops after the invocations in flight.',
  ]);
});

test('the rate is that of the last minute, with five seconds in a bar', () => {
  let state = startOf(0);
  for (const [batch, at, records] of [
    [1, 1000, 500],
    [2, 70_000, 1000],
    [3, 119_000, 2000],
  ] as const) {
    state = afterEvent(state, { kind: 'flush-started', flush: flush(batch, records) }, at - 500);
    state = afterEvent(state, committed(batch), at);
  }
  state = afterEvent(state, { kind: 'flush-started', flush: flush(4, 30) }, 119_500);
  const [, , rate, total] = shown(state, 120_000);

  // 3,000 of the 3,500 records were committed in the last 60 s.
  expect(rate).toBe(`  rate    50 records/s  ▂${' '.repeat(12)}▄${' '.repeat(9)}█`);
  expect(total).toBe('  total   3,500 records in 3 flushes, 30 in flight');
});

test('a failed delivery is counted, and its batch stays in flight', () => {
  const outcome = {
    kind: 'threw',
    requestId: 'r',
    errorType: 'E',
    errorMessage: 'm',
    trace: [],
  } as const;
  let state = afterEvent(startOf(0), { kind: 'flush-started', flush: flush(1, 30) }, 0);
  state = afterEvent(state, { kind: 'flush-failed', flush: flush(1, 30), outcome }, 1);

  expect(shown(state, 10)[3]).toBe(
    '  total   0 records in 0 flushes, 1 failed delivery, 30 in flight',
  );
});

test('a job is shown from its submission to the end of the flush', () => {
  let state = afterLog(startOf(0), log('job submitted', { rows: 999 }), 1000);
  expect(shown(state, 1000)[5]).toBe(
    '  jobs    750A  ░░░░░░░░░░░░  0 of 999 rows  UploadComplete for 0 s',
  );
  const running = { state: 'InProgress', processed: 400, next_wait_ms: 1500 };
  state = afterLog(state, log('job running', running), 2000);
  state = afterLog(
    state,
    log('job submitted', { function_request_id: 'b', job_id: '750B', rows: 1 }),
    3000,
  );
  expect(shown(state, 3000).slice(5, 7)).toEqual([
    '  jobs    750A  █████░░░░░░░  400 of 999 rows  InProgress for 2 s, poll in 1 s',
    '          750B  ░░░░░░░░░░░░  0 of 1 row  UploadComplete for 0 s',
  ]);
  state = afterLog(state, log('flush written', {}), 4000);
  state = afterLog(state, log('flush failed', { function_request_id: 'b' }), 4000);
  expect(shown(state, 4000)[5]).toBe('  jobs    none');
});

test.each([
  ['timed-out', { errorType: 'Sandbox.Timedout', errorMessage: 'm', trace: [] }],
  ['crashed', { exitCode: null, signal: 'SIGKILL', errorType: 'E', errorMessage: 'm', trace: [] }],
] as const)(
  'an invocation that %s leaves no job in the view, and others keep theirs',
  (kind, error) => {
    const other = { function_request_id: 'b', job_id: '750B', rows: 1 };
    let state = afterLog(startOf(0), log('job submitted', { rows: 999 }), 1000);
    state = afterLog(state, log('job submitted', other), 1000);
    const outcome = { kind, requestId: 'a', ...error } as Failure;
    state = afterEvent(state, { kind: 'flush-failed', flush: flush(1, 30), outcome }, 2000);

    expect([...state.jobs.values()].map(({ id }) => id)).toEqual(['750B']);
  },
);

test('a job that the next invocation finds again is shown once', () => {
  let state = afterLog(startOf(0), log('job submitted', { rows: 999 }), 1000);
  const found = { function_request_id: 'b', state: 'InProgress' };
  state = afterLog(state, log('job found again', found), 2000);

  expect([...state.jobs.values()]).toMatchObject([{ id: '750A', state: 'InProgress' }]);
});

test('errant records are counted by code, Salesforce’s own where there is one', () => {
  let state = startOf(0);
  for (const fields of [{ code: 'JSON_INVALID' }, { code: 'X', error_code: 'Y' }, { code: 'Y' }]) {
    state = afterLog(state, log('errant record', fields), 1);
  }
  expect(shown(state, 1)[6]).toBe('  errant  3  Y 2  JSON_INVALID 1');
});

test('as many of the last lines are shown as fit, and the figures before them', () => {
  const lines = ['one', 'two', 'three'].map(
    (text) => ({ kind: 'line', tone: 'plain', text }) as const,
  );
  const state = afterLines(startOf(0), lines);

  expect(shown(state, 1, 11).slice(8)).toEqual([
    'two',
    'three',
    'Ctrl-C stops after the invocations in flight.',
  ]);
  expect(shown(state, 1, 9).slice(8)).toEqual(['Ctrl-C stops after the invocations in flight.']);
});
