import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { startEnvironment } from '../../local/environment/environment.ts';
import { startAllServers } from '../../local/environment/servers.ts';
import { isMetricsLine, readLogLine } from '../../local/terminal/function-log.ts';
import { eventOfValues } from '../support/event.ts';
import { hasPart } from '../support/parts.ts';
import { givenLambda, type LambdaFunction } from './given/lambda/function.ts';
import { type PackagedStage, packageExample } from './given/lambda/package.ts';
import { type LambdaPrograms, lambdaProblem, lambdaPrograms } from './given/lambda/programs.ts';

// The first run builds AWS's programs.
vi.setConfig({ hookTimeout: 600_000 });

const problem = await lambdaProblem();

const people = ['Okoye', 'Sato', 'Lindqvist'];
const event = eventOfValues(people.map((name) => ({ LastName: name })));
const offsets = ['contacts-0@0..2'];

/** The lines that the function has logged, parsed; its metrics are not among them. */
const logOf = ({ lines }: LambdaFunction): Readonly<Record<string, unknown>>[] =>
  lines.flatMap((line) => {
    const { message, fields } = readLogLine(line) ?? {};
    return message === undefined ? [] : [{ ...fields, message }];
  });

const metricsOf = ({ lines }: LambdaFunction) =>
  lines.filter(isMetricsLine).map((line) => JSON.parse(line));

/** The lines are written by another process: those of an invocation are there after its report. */
async function reported({ lines }: LambdaFunction, requestId: string): Promise<void> {
  const report = `REPORT RequestId: ${requestId}`;
  await expect.poll(() => lines.some((line) => line.startsWith(report))).toBe(true);
}

describe.runIf(hasPart('lambda', problem))("the packaged zip in Lambda's own runtime", () => {
  let programs: LambdaPrograms;
  let stage: PackagedStage;
  beforeAll(async () => {
    [programs, stage] = await Promise.all([lambdaPrograms(), packageExample()]);
  });
  afterAll(() => rm(stage.folder, { recursive: true }));

  /** A sink of contacts, with all that it calls. */
  async function givenSink(
    settings: Readonly<Record<string, string>> = {},
    deployment: { timeoutSeconds?: number; logFormat?: 'Text' | 'JSON' } = {},
  ) {
    const services = await startEnvironment(await startAllServers());
    onTestFinished(() => services.close());
    const { endpoints, sinkSettings, emulator: org } = services;
    const environment = {
      SALESFORCE_OBJECT: 'Contact',
      ...endpoints,
      ...sinkSettings,
      ...settings,
    };
    const sink = await givenLambda(programs, {
      ...{ packaged: stage.sink, environment },
      ...deployment,
    });
    return { sink, org };
  }

  test('writes a batch, and logs lines and metrics that CloudWatch reads', async () => {
    const { sink, org } = await givenSink();
    const { body, requestId } = await sink.invoke(event);
    await reported(sink, requestId);

    expect(JSON.parse(body)).toEqual({ batchItemFailures: [] });
    expect(org.records('Contact').map(({ LastName }) => LastName)).toEqual(people);
    const log = logOf(sink);
    expect(log.map(({ message }) => message)).toContain('flush written');
    const usual = { level: 'INFO', function_request_id: requestId, cold_start: true, offsets };
    for (const line of log) expect(line).toMatchObject(usual);
    expect(metricsOf(sink)).toMatchObject([
      {
        _aws: { CloudWatchMetrics: [{ Namespace: 'MskSalesforceSink', Dimensions: [['sink']] }] },
        ...{ sink: 'contacts', RecordsReceived: 3, RecordsWritten: 3, RecordsRedelivered: 0 },
      },
    ]);
    const others = sink.lines.filter((line) => !line.startsWith('{'));
    expect(others.map((line) => line.split(' ')[0])).toEqual(['START', 'END', 'REPORT']);
  });

  test('is warm for the second batch', async () => {
    const { sink, org } = await givenSink({ LEDGER_TABLE: '' });
    await sink.invoke(event);
    const { requestId } = await sink.invoke(event);
    await reported(sink, requestId);

    expect(org.records('Contact')).toHaveLength(2 * people.length);
    expect(org.requests().filter(({ call }) => call === 'token')).toHaveLength(1);
    const second = logOf(sink).filter((line) => line['function_request_id'] === requestId);
    expect(second.every((line) => line['cold_start'] === false)).toBe(true);
  });

  test.each(['Text', 'JSON'] as const)(
    'shows a failed flush by one error type and code in reply, log and runtime line (%s)',
    async (logFormat) => {
      const { sink } = await givenSink({ SALESFORCE_OBJECT: 'Nowhere__c' }, { logFormat });
      const { body, requestId } = await sink.invoke(event);
      await reported(sink, requestId);

      const { errorType, errorMessage } = JSON.parse(body);
      expect([errorType, errorMessage]).toEqual([
        'SinkError',
        expect.stringMatching(/^OBJECT_INVALID: .*\[contacts-0@0\.\.2]$/),
      ]);
      const failed = { message: 'flush failed', code: 'OBJECT_INVALID', reason: errorMessage };
      const own = logOf(sink).filter(({ message }) => message === 'flush failed');
      expect(own).toMatchObject([{ ...failed, function_request_id: requestId, offsets }]);
      expect(runtimeErrors(sink)).toMatchObject([
        { errorType, errorMessage, code: 'OBJECT_INVALID', retryable: false },
      ]);
      expect(metricsOf(sink)).toMatchObject([{ RecordsReceived: 3, RecordsRedelivered: 3 }]);
    },
  );

  test.each(['Text', 'JSON'] as const)(
    'fails its init over wrong settings, with one line that a query finds (%s)',
    async (logFormat) => {
      const { sink, org } = await givenSink({ SALESFORCE_OBJECT: '' }, { logFormat });
      const { body } = await sink.invoke(event);
      await expect.poll(() => sink.lines.some((line) => line.startsWith('Node.js v'))).toBe(true);

      const { errorType, errorMessage } = JSON.parse(body);
      expect([errorType, errorMessage]).toEqual([
        'SinkError',
        expect.stringMatching(/^CONFIG_INVALID: .*SALESFORCE_OBJECT is missing/s),
      ]);
      const line = { level: 'ERROR', message: 'init failed', code: 'CONFIG_INVALID' };
      expect(logOf(sink)).toMatchObject([{ ...line, reason: errorMessage }]);
      expect(runtimeErrors(sink)).toMatchObject([{ errorType, errorMessage }]);
      expect(org.requests()).toEqual([]);
    },
  );

  test('ended by Lambda in the middle of its job, it finds that job again and writes nothing twice', async () => {
    const { sink, org } = await givenSink({}, { timeoutSeconds: 6 });
    // Longer than the first invocation runs, and over before the second one gives up.
    org.configure({ queueMs: 7_000 });
    const first = sink.invoke(event);
    const messages = () => logOf(sink).map(({ message }) => message);
    await expect.poll(messages, { timeout: 5_000 }).toContain('job submitted');
    await sink.freeze();
    expect((await first).body).toBe('Task timed out after 6.00 seconds');
    expect(messages()).not.toContain('flush failed');

    const second = await sink.invoke(event);
    await reported(sink, second.requestId);
    expect(JSON.parse(second.body)).toEqual({ batchItemFailures: [] });
    expect(messages()).toEqual(expect.arrayContaining(['job found again', 'flush written']));
    expect(org.jobs()).toHaveLength(1);
    expect(org.records('Contact').map(({ LastName }) => LastName)).toEqual(people);

    const third = await sink.invoke(event);
    expect(JSON.parse(third.body)).toEqual({ batchItemFailures: [] });
    expect(org.jobs()).toHaveLength(1);
  });

  test('the doctor is loaded too, and refuses what names no sinks', async () => {
    const doctor = await givenLambda(programs, { packaged: stage.doctor, environment: {} });
    const { requestId, body } = await doctor.invoke({ sinks: [] });
    await reported(doctor, requestId);

    expect(JSON.parse(body)).toMatchObject({ errorMessage: expect.stringContaining('sinks') });
  });
});

/** The errors that the runtime has logged, in whichever format. */
function runtimeErrors({ lines }: LambdaFunction): unknown[] {
  return lines.flatMap((line) => {
    const [, text] = /\tERROR\t(?:Invoke|Init) Error \t(\{.*)$/.exec(line) ?? [];
    if (text !== undefined) return [JSON.parse(text)];
    const message = line.startsWith('{') ? JSON.parse(line).message : null;
    return message !== null && typeof message === 'object' ? [message] : [];
  });
}
