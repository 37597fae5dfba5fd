import { expect, test } from 'vitest';
import { logLines, mappingLines } from '../../../local/demo/flush-lines.ts';
import type { Flush, MappingEvent } from '../../../local/event-source-mapping/mapping-event.ts';
import { wrapped } from '../../../local/terminal/format.ts';
import { readLogLine } from '../../../local/terminal/function-log.ts';
import { tableLines } from '../../../local/terminal/table.ts';

const sampleFlush: Flush = {
  batch: 2,
  attempt: 1,
  ranges: [
    { topic: 'contacts', partition: 1, first: 4, last: 9, records: 6 },
    { topic: 'contacts', partition: 0, first: 7, last: 7, records: 1 },
  ],
  records: 7,
  bytes: 4000,
};

function mapped(event: MappingEvent): string[] {
  return mappingLines(event).map(({ text }) => text.trim());
}

function logged(message: string, fields: Record<string, unknown>) {
  const line = readLogLine(JSON.stringify({ level: 'INFO', message, ...fields }));
  return logLines(line!).map(({ kind, text }) => `${kind}: ${text.trim()}`);
}

test('a flush is named by its number and its offsets, and by its attempt from the second on', () => {
  expect(mapped({ kind: 'flush-started', flush: sampleFlush })).toEqual([
    'flush 2  7 records',
    'contacts-0@7  contacts-1@4..9',
  ]);
  expect(mapped({ kind: 'flush-started', flush: { ...sampleFlush, attempt: 3 } })[0]).toBe(
    'flush 2  7 records, attempt 3',
  );
});

test('a failure is printed whole, in lines that a terminal holds, and then the redelivery', () => {
  const errorMessage = 'JOB_STILL_RUNNING: '.padEnd(200, 'word ').trim();
  const outcome = {
    kind: 'threw',
    requestId: 'r',
    errorType: 'E',
    errorMessage,
    trace: [],
  } as const;
  const lines = mappingLines({ kind: 'flush-failed', flush: sampleFlush, outcome });

  expect(Math.max(...lines.map(({ text }) => text.length))).toBeLessThanOrEqual(81);
  expect(lines.map(({ text }) => text.trim()).join(' ')).toBe(`✗ ${errorMessage}`);
  expect(mapped({ kind: 'redelivery-scheduled', flush: sampleFlush, waitMs: 1000 })).toEqual([
    'not committed, redelivery in 1.0 s',
  ]);
});

test('a function that was killed is reported in these words', () => {
  const outcome = {
    kind: 'crashed',
    requestId: 'r',
    exitCode: null,
    signal: 'SIGKILL',
    errorType: 'Runtime.ExitError',
    errorMessage: 'RequestId: r Error: …',
    trace: [],
  } as const;
  expect(mapped({ kind: 'flush-failed', flush: sampleFlush, outcome })).toEqual([
    '✗ the function was killed',
  ]);
});

test('the log of a flush is printed as job, progress and result', () => {
  const job = { job_id: '750A', upload_mode: 'staged', rows: 999, columns: 9, bytes: 110_200 };
  expect(logged('job submitted', job)).toEqual([
    'line: job 750A, staged, 999 rows, 9 columns, 111 kB',
  ]);
  expect(logged('job submitted', { ...job, operation: 'delete' })).toEqual([
    'line: job 750A, delete, staged, 999 rows, 9 columns, 111 kB',
  ]);
  const running = { state: 'InProgress', processed: 1, step: 2, next_wait_ms: 750 };
  expect(logged('job running', running)).toEqual([
    'progress: InProgress, 1 row processed, poll 2 in 0.8 s',
  ]);
  const done = { records: 1000, rows: 999, waits: 1, api_calls: 7, duration_ms: 2_649 };
  expect(logged('flush written', done)).toEqual([
    'line: ✓ 999 of 1,000 records written: 1 wait, 7 API calls, 2.6 s',
  ]);
  expect(logged('errant record', { record: 'contacts-0@20', code: 'TOMBSTONE' })).toEqual([
    'line: ! contacts-0@20 sent to the errant queue: TOMBSTONE',
  ]);
  expect(logged('job found again', { job_id: '750A', state: 'JobComplete' })).toEqual([
    'line: job 750A of the prior delivery: JobComplete',
  ]);
  expect(logged('rows sent again', { rows: 1, attempt: 2 })).toEqual([
    'line: 1 row locked, retried in a new job',
  ]);
  expect(logged('something else', {})).toEqual([]);
});

test('only a JSON object with a message is a line of the log', () => {
  for (const text of ['', 'plain', '{broken', '{"level":"INFO"}', '[1]']) {
    expect(readLogLine(text)).toBeNull();
  }
});

test('a table is as wide as its widest cells', () => {
  expect(
    tableLines(
      ['Id', 'Name'],
      [
        ['1', 'Contact 0001'],
        ['22', 'B'],
      ],
    ),
  ).toEqual(['Id  Name', '──  ────────────', '1   Contact 0001', '22  B']);
});

test('text is broken between words only', () => {
  expect(wrapped('one two three averyveryverylongword', 8)).toEqual([
    'one two',
    'three',
    'averyveryverylongword',
  ]);
});
