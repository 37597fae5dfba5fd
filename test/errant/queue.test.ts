import { SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ErrantQueue as LocalQueue, startErrantQueue } from '../../local/aws/errant-queue.ts';
import { localClient } from '../../local/aws/local-client.ts';
import { ErrantQueue } from '../../src/errant/queue.ts';
import type { ErrantReport } from '../../src/errant/reporter.ts';
import type { ErrantRecord } from '../../src/kafka/errant-record.ts';
import type { EventRecord } from '../../src/kafka/event.ts';
import { Deadline, systemClock } from '../../src/runtime/deadline.ts';
import { eventRecord } from '../support/event.ts';
import { type FaultProxy, startFaultProxy } from '../support/fault-proxy/fault-proxy.ts';

let sqs: LocalQueue;
let proxy: FaultProxy;
let client: SQSClient;

beforeEach(async () => {
  sqs = await startErrantQueue();
  proxy = await startFaultProxy(sqs.url);
  // Scripted replies have no checksum of the messages.
  const bare = { maxAttempts: 1, md5: false } as const;
  client = new SQSClient({ ...localClient, endpoint: proxy.url, ...bare });
});
afterEach(async () => {
  client.destroy();
  await proxy.close();
  await sqs.close();
});

const origin = { sink: 'contacts', object: 'Contact', operation: 'insert' };

function queue(queueUrl = sqs.queueUrl.replace(sqs.url, proxy.url)) {
  return new ErrantQueue({ client, queueUrl, origin });
}

const within = (ms = 10_000) => new Deadline(systemClock, Date.now() + ms);

const errantOf = ({ topic, partition, offset, timestamp }: EventRecord): ErrantRecord => ({
  record: { topic, partition, offset, timestamp },
  ...{ stage: 'decode', code: 'JSON_INVALID', reason: 'no JSON', rejection: null },
});

/** A report of errant records with these values. */
function reportOf(values: readonly string[]): ErrantReport {
  const sources = values.map((value, offset) => eventRecord({ offset, value }));
  return { errants: sources.map(errantOf), unmatched: [], sources, cluster: 'demo' };
}

const bodies = async (): Promise<Record<string, unknown>[]> =>
  (await sqs.messages()).map(({ body }) => JSON.parse(body));

const offsets = async () =>
  (await bodies()).map(({ offset }) => offset as number).sort((one, other) => one - other);

const sends = () => proxy.requests().filter(({ step }) => step === 'SendMessageBatch');

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: { code?: string }) => error.code,
  );

const json = { 'content-type': 'application/x-amz-json-1.0' };

describe('the errant queue', () => {
  it('receives a message for each errant record, with its content from the event', async () => {
    const [good, bad] = [eventRecord({ offset: 1, value: '{}' }), eventRecord({ offset: 2 })];
    const source = { ...bad, key: 'aw==', headers: [{ h: [-1, 127] }] };
    const report = {
      errants: [errantOf(bad)],
      unmatched: [],
      sources: [good, source],
      cluster: 'demo',
    };
    await queue().report(report, within());
    expect(await bodies()).toEqual([
      {
        ...{ kind: 'errant-record', ...origin, cluster: 'demo' },
        ...{ topic: 'contacts', partition: 0, offset: 2, timestamp: bad.timestamp },
        ...{ timestampType: 'CREATE_TIME', stage: 'decode', code: 'JSON_INVALID' },
        ...{ reason: 'no JSON', key: 'aw==', headers: [['h', '/38=']], value: null },
      },
    ]);
  });

  it('receives the source of each record, whatever its partition and topic', async () => {
    const sources = [
      eventRecord({ topic: 'a', partition: 1, offset: 5, value: 'one' }),
      eventRecord({ topic: 'a', partition: 2, offset: 5, value: 'two' }),
      eventRecord({ topic: 'b', partition: 1, offset: 5, value: 'three' }),
    ];
    const errants = sources.map(errantOf).reverse();
    await queue().report({ errants, unmatched: [], sources, cluster: 'demo' }, within());
    const texts = (await bodies()).map(({ value }) =>
      Buffer.from(String(value), 'base64').toString(),
    );
    expect(texts).toEqual(['three', 'two', 'one']);
  });

  it('receives a message for each unmatched row', async () => {
    const error = { code: 'INVALID_FIELD', message: 'no date', redactedMessage: 'INVALID_FIELD' };
    const result = {
      jobId: '750a',
      header: ['LastName'],
      row: { columns: [0], cells: ['Ann'] },
      error,
    };
    await queue().report({ ...reportOf([]), unmatched: [result] }, within());
    expect(await bodies()).toMatchObject([
      { kind: 'unmatched-row', jobId: '750a', row: { LastName: 'Ann' } },
    ]);
  });

  it('is not called when there is nothing to report', async () => {
    await queue().report(reportOf([]), within());
    expect(proxy.requests()).toEqual([]);
  });

  it('receives 205 messages in 21 calls', async () => {
    await queue().report(reportOf(Array<string>(205).fill('x')), within());
    expect(await offsets()).toEqual(Array.from({ length: 205 }, (_, offset) => offset));
    expect(sends()).toHaveLength(21);
  });

  it("receives long messages in calls below SQS's size limit", async () => {
    const long = 'x'.repeat(90_000);
    await queue().report(reportOf(Array<string>(5).fill(long)), within());
    expect(await offsets()).toEqual([0, 1, 2, 3, 4]);
    expect(sends()).toHaveLength(3);
  });

  it('receives a message without a value that is too long', async () => {
    const subject = queue();
    await subject.check(within());
    await subject.report(reportOf(['x'.repeat(1_000_000), 'short']), within());
    const [first, second] = await bodies();
    expect(first).toMatchObject({ offset: 0, key: null, omitted: ['value'] });
    expect(second).not.toHaveProperty('omitted');
  });

  it('limits the size of messages by its MaximumMessageSize', async () => {
    const { queueUrl: QueueUrl } = sqs;
    const direct = new SQSClient({ ...localClient, endpoint: sqs.url });
    const Attributes = { MaximumMessageSize: '2048' };
    await direct.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }));
    direct.destroy();
    const subject = queue();
    await subject.check(within());
    await subject.report(reportOf(['x'.repeat(3_000), 'short']), within());
    expect((await bodies()).map(({ omitted }) => omitted)).toEqual([['value'], undefined]);
  });

  it('accepts a message with any characters in its reason', async () => {
    const report = reportOf(['x']);
    const reason = 'a\u0000b\uffffc\ufffed\ud800e';
    await queue().report({ ...report, errants: [{ ...report.errants[0]!, reason }] }, within());
    expect(await bodies()).toMatchObject([{ reason }]);
  });
});

describe('messages that SQS does not accept', () => {
  const failedEntries = (
    SenderFault: boolean,
    Ids: readonly string[],
    taken: readonly string[] = [],
  ) => {
    const Failed = Ids.map((Id) => ({ Id, SenderFault, Code: 'InternalError', Message: 'no' }));
    const Successful = taken.map((Id) => ({ Id, MessageId: Id }));
    const body = JSON.stringify({ Successful, Failed });
    return { kind: 'status' as const, status: 200, body, headers: json };
  };
  const match = ({ step }: { step: string }) => step === 'SendMessageBatch';

  it('are resent without the others', async () => {
    proxy.arm({ match, when: 'before', action: failedEntries(false, ['1', '3'], ['0', '2']) });
    await queue().report(reportOf(['a', 'b', 'c', 'd']), within());
    expect(await offsets()).toEqual([1, 3]);
    expect(sends()).toHaveLength(2);
  });

  it('three times fail the report', async () => {
    proxy.arm({ match, when: 'before', times: 3, action: failedEntries(false, ['0']) });
    await expect(queue().report(reportOf(['a']), within())).rejects.toThrow(
      /^ERRANT_QUEUE_UNAVAILABLE: .*\(InternalError\)/,
    );
    expect(sends()).toHaveLength(3);
  });

  it('for a sender fault fail the report at once', async () => {
    proxy.arm({ match, when: 'before', action: failedEntries(true, ['0']) });
    expect(await codeOf(queue().report(reportOf(['a']), within()))).toBe(
      'ERRANT_QUEUE_UNAVAILABLE',
    );
    expect(sends()).toHaveLength(1);
  });
});

describe('a queue', () => {
  const each = async (subject: ErrantQueue, ms: number) => [
    await codeOf(subject.check(within(ms))),
    await codeOf(subject.report(reportOf(['secret']), within(ms))),
  ];

  it('that exists passes the check', async () => {
    expect(await codeOf(queue().check(within()))).toBeNull();
  });

  it('that does not exist is ERRANT_QUEUE_REFUSED, and the error says what to check', async () => {
    const missing = queue(`${proxy.url}/000000000000/other`);
    expect(await each(missing, 10_000)).toEqual(['ERRANT_QUEUE_REFUSED', 'ERRANT_QUEUE_REFUSED']);
    await expect(missing.check(within())).rejects.toThrow(/Check that ERRANT_QUEUE_URL names/);
  });

  it.each(['AccessDenied', 'AccessDeniedException', 'KmsAccessDenied', 'InvalidAddress'])(
    'that answers %s is ERRANT_QUEUE_REFUSED',
    async (type) => {
      const body = JSON.stringify({ __type: type });
      const action = { kind: 'status', status: 400, body, headers: json } as const;
      proxy.arm({ match: () => true, when: 'before', times: 9, action });
      expect(await each(queue(), 10_000)).toEqual(['ERRANT_QUEUE_REFUSED', 'ERRANT_QUEUE_REFUSED']);
    },
  );

  it.each([
    ['does not answer', { kind: 'silence' }],
    ['drops the connection', { kind: 'reset' }],
    ['answers 500 with nothing', { kind: 'status', status: 500 }],
    ['answers 503', { kind: 'status', status: 503 }],
    ['answers with a page of HTML', { kind: 'malformed' }],
  ] as const)(
    'that %s is ERRANT_QUEUE_UNAVAILABLE before the deadline has long passed',
    async (...given) => {
      proxy.arm({ match: () => true, when: 'before', times: 99, action: given[1] });
      expect(await each(queue(), 500)).toEqual([
        ...['ERRANT_QUEUE_UNAVAILABLE', 'ERRANT_QUEUE_UNAVAILABLE'],
      ]);
    },
  );

  it('that cannot be reached is ERRANT_QUEUE_UNAVAILABLE', async () => {
    client.destroy();
    client = new SQSClient({ ...localClient, endpoint: 'http://127.0.0.1:9', maxAttempts: 1 });
    const unreachable = queue();
    expect(await each(unreachable, 10_000)).toEqual([
      ...['ERRANT_QUEUE_UNAVAILABLE', 'ERRANT_QUEUE_UNAVAILABLE'],
    ]);
    await expect(unreachable.check(within())).rejects.toThrow(/check the network path to SQS/);
  });

  it('that fails yields an error without the content of messages', async () => {
    const action = { kind: 'status', status: 500 } as const;
    proxy.arm({ match: () => true, when: 'before', times: 9, action });
    const error = await queue()
      .report(reportOf(['secret']), within())
      .catch((thrown: Error) => thrown);
    const text = `${(error as Error).message} ${JSON.stringify((error as Error).cause)}`;
    expect(text).not.toContain('secret');
    expect(text).not.toContain(Buffer.from('secret').toString('base64'));
  });

  it('whose reply omits a message has not accepted it', async () => {
    const match = ({ step }: { step: string }) => step === 'SendMessageBatch';
    proxy.arm({ match, when: 'before', times: 9, action: { kind: 'malformed', body: '{}' } });
    expect(await codeOf(queue().report(reportOf(['a']), within()))).toBe(
      'ERRANT_QUEUE_UNAVAILABLE',
    );
  });
});
