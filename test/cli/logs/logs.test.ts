import { expect, it } from 'vitest';
import { shownLine } from '../../../cli/logs/lines.ts';
import { flush, platform, runtime } from './sample-lines.ts';

it.each([
  ['{"_aws":{"CloudWatchMetrics":[]},"Waits":3}', null],
  ['START RequestId: 1 Version: $LATEST\n', null],
  ['REPORT RequestId: 1\tDuration: 3 ms', null],
  ['2026-01-01T00:00:00Z\t1\tERROR\tInvoke Error\t{"errorType":"SinkError","stack":[]}', null],
  [platform('initStart', { runtimeVersion: 'nodejs:24' }), null],
  [platform('start', { requestId: '1' }), null],
  [platform('initReport', { status: 'success', metrics: { durationMs: 300 } }), null],
  [platform('report', { requestId: '1', status: 'success', metrics: { durationMs: 3 } }), null],
  [platform('report', { requestId: '1', metrics: { durationMs: 3 } }), null],
  [
    platform('report', { requestId: '1', status: 'timeout', metrics: { durationMs: 840_000 } }),
    '! Lambda ended the function: timeout after 840.0 s',
  ],
  [
    platform('runtimeDone', {
      ...{ requestId: '1', status: 'failure', errorType: 'Runtime.ExitError' },
      metrics: { durationMs: 2512 },
    }),
    '! Lambda ended the function: failure, Runtime.ExitError, after 2.5 s',
  ],
  [
    platform('report', { requestId: '1', status: 'error', metrics: { durationMs: 2512 } }),
    '! Lambda ended the function: error after 2.5 s',
  ],
  [platform('report', { status: 'error', errorType: 'SinkError' }), null],
  [
    platform('initReport', {
      ...{ status: 'error', errorType: 'Runtime.ImportModuleError' },
      metrics: { durationMs: 312 },
    }),
    '! Lambda could not start the function: error, Runtime.ImportModuleError, after 0.3 s',
  ],
  [
    platform('initRuntimeDone', { status: 'timeout' }),
    '! Lambda could not start the function: timeout',
  ],
  [platform('fault', 'RequestId: 1 signal: killed'), '! Lambda: RequestId: 1 signal: killed'],
  [runtime({ errorType: 'SinkError', errorMessage: 'JOB_FAILED: no row', stackTrace: [] }), null],
  [
    runtime({ errorType: 'Runtime.ImportModuleError', errorMessage: 'no sink', stackTrace: ['a'] }),
    '! Runtime.ImportModuleError: no sink',
  ],
  [
    '2026-01-01T00:00:00Z\tundefined\tERROR\tInit Error \t{"errorType":"SinkError","stack":[]}',
    null,
  ],
  ['{"time":1}', '  {"time":1}'],
  [
    '2026-01-01T00:00:00Z 1 Task timed out after 840.00 seconds',
    '  2026-01-01T00:00:00Z 1 Task timed out after 840.00 seconds',
  ],
  [
    flush('flush written', { rows: 9, duration_ms: 2512, api_calls: 8 }),
    '✓ 9 of 10 records written in 2.5 s, 8 API calls  contacts-0@0..9',
  ],
  [
    flush('flush failed', { level: 'ERROR', code: 'JOB_FAILED', reason: 'JOB_FAILED: no row' }),
    '✗ flush failed  JOB_FAILED: no row',
  ],
  [
    flush('errant record', { record: 'contacts-0@2', code: 'JSON_INVALID', reason: 'no JSON' }),
    '! contacts-0@2 is errant: JSON_INVALID: no JSON',
  ],
  [
    JSON.stringify({
      level: 'INFO',
      message: 'job submitted',
      job_id: '750',
      rows: 9,
      service: 's',
      release: '0.2.0',
    }),
    '  job submitted  job_id 750, rows 9',
  ],
])('%s is shown as %s', (line, shown) => {
  const at = Date.UTC(2026, 0, 1, 7, 5, 9);
  expect(shownLine({ at, text: line })?.text ?? null).toBe(
    shown === null ? null : `07:05:09 ${shown}`,
  );
});
