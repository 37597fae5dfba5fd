import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LedgerTable as LocalTable, startLedgerTable } from '../../local/aws/ledger-table.ts';
import { localClient } from '../../local/aws/local-client.ts';
import { readConfig } from '../../src/config/config.ts';
import { ledgerOf } from '../../src/invocation/aws-services.ts';
import type { RecordOrigin } from '../../src/kafka/record.ts';
import { addErrants } from '../../src/ledger/add-errants.ts';
import { addJob } from '../../src/ledger/add-job.ts';
import { noLedger } from '../../src/ledger/ledger.ts';
import { markSettled } from '../../src/ledger/mark-settled.ts';
import { emptyPartition, type LedgerState } from '../../src/ledger/state.ts';
import { LedgerTable } from '../../src/ledger/table.ts';
import { Deadline, systemClock } from '../../src/runtime/deadline.ts';
import { withEnvironment } from '../support/environment.ts';
import { type FaultProxy, startFaultProxy } from '../support/fault-proxy/fault-proxy.ts';

let dynamo: LocalTable;
let proxy: FaultProxy;
const clients: DynamoDBClient[] = [];

beforeEach(async () => {
  dynamo = await startLedgerTable();
  proxy = await startFaultProxy(dynamo.url);
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await proxy.close();
  await dynamo.close();
});

const now = 1_700_000_000_000;
const cluster = 'arn:aws:kafka:eu-west-1:123456789012:cluster/demo/abc-1';

/** The ledger through the proxy, as one container has it. */
function ledger({ tableName = dynamo.tableName, sink = 'sink', maxAttempts = 1 } = {}) {
  const client = new DynamoDBClient({ ...localClient, endpoint: proxy.url, maxAttempts });
  clients.push(client);
  return new LedgerTable({ client, tableName, sink, now: () => now, sleep: async () => undefined });
}

const within = (ms = 10_000) => new Deadline(systemClock, Date.now() + ms);

const partitions = (...numbers: readonly number[]) =>
  numbers.map((partition) => ({ cluster, topic: 'contacts', partition }));

const recordsOf = (...numbers: readonly number[]): RecordOrigin[] =>
  numbers.flatMap((partition) =>
    [0, 1, 2].map((offset) => ({ topic: 'contacts', partition, offset, timestamp: now + offset })),
  );

const settled = (state: LedgerState, ...numbers: readonly number[]) =>
  markSettled(state, recordsOf(...numbers), now);

/** A job of this table only. */
const withJob = (state: LedgerState, id: string) =>
  addJob(state, { id, rows: 3, records: recordsOf(0), at: now }, recordsOf(0));

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: { code?: string }) => error.code,
  );

describe('the ledger', () => {
  it('has no state of a partition without an item', async () => {
    const state = await ledger().read(partitions(3), within());
    expect([...state]).toEqual([['contacts-3', emptyPartition('contacts', 3)]]);
  });

  it('takes the partitions of a replay for sparse, also those with an item', async () => {
    const replayed = partitions(0, 1).map((one) => ({
      ...one,
      cluster: `${one.cluster}#replay-1`,
    }));
    const one = ledger();
    const before = await one.read(replayed, within());
    await one.write(before, markSettled(before, recordsOf(0), Date.now()), within());
    const after = await ledger().read(replayed, within());
    expect([...after.values()]).toMatchObject([
      { sparse: true, version: 1, settled: [{ ranges: [[0, 2]] }] },
      { sparse: true, version: 0 },
    ]);
  });

  it('keeps state from one invocation to the next, in one item for each partition', async () => {
    const before = await ledger()
      .read(partitions(0, 1), within())
      .then((read) => read);
    const one = ledger();
    await one.read(partitions(0, 1), within());
    const job = { id: '750a', rows: 6, records: recordsOf(0, 1), at: now };
    const stored = await one.write(before, addJob(before, job, recordsOf(0, 1)), within());
    const written = await one.write(stored, settled(stored, 0), within());

    const read = await ledger().read(partitions(0, 1), within());
    expect(read).toEqual(written);
    expect(read.get('contacts-0')).toMatchObject({ version: 2, jobs: [] });
    expect(read.get('contacts-1')).toMatchObject({ version: 1, settled: [] });
    expect((await dynamo.items()).map(({ id }) => id)).toEqual([
      `sink|${cluster}|contacts|0`,
      `sink|${cluster}|contacts|1`,
    ]);
  });

  it('keeps errant records until they are settled', async () => {
    const one = ledger();
    const before = await one.read(partitions(0), within());
    const [record] = recordsOf(0) as [RecordOrigin];
    const rejection = { jobId: '750a', errorCode: 'INVALID_FIELD' };
    const errants = [{ record, stage: 'salesforce', code: 'ROW_REJECTED', rejection } as const];
    const decided = addErrants(before, { errants, at: now }, recordsOf(0));
    const stored = await one.write(before, decided, within());
    const [found] = [...(await ledger().read(partitions(0), within())).values()];
    expect(found?.errants).toMatchObject([
      { stage: 'salesforce', code: 'ROW_REJECTED', rejection, ranges: [[0, 0]] },
    ]);
    await one.write(stored, settled(stored, 0), within());
    const [after] = [...(await ledger().read(partitions(0), within())).values()];
    expect(after).toMatchObject({ errants: [], version: 2 });
  });

  it('writes what has changed and nothing else', async () => {
    const one = ledger();
    const before = await one.read(partitions(0, 1, 2), within());
    await one.write(before, settled(before, 1), within());
    await one.write(before, before, within());
    expect((await dynamo.items()).map(({ partition }) => partition)).toEqual([1]);
  });

  it('reads more than 100 partitions', async () => {
    const all = Array.from({ length: 250 }, (_, partition) => partition);
    const one = ledger();
    const before = await one.read(partitions(...all), within());
    await one.write(before, settled(before, ...all), within());

    const read = await ledger().read(partitions(...all), within());
    expect([...read.values()].map(({ partition }) => partition)).toEqual(all);
    expect([...read.values()].every(({ version }) => version === 1)).toBe(true);
  });

  it('reads and writes 200 partitions in two calls each', async () => {
    const all = Array.from({ length: 200 }, (_, partition) => partition);
    const one = ledger();
    const before = await one.read(partitions(...all), within());
    await one.write(before, settled(before, ...all), within());
    expect(proxy.requests().map(({ step }) => step)).toEqual([
      ...['BatchGetItem', 'BatchGetItem', 'TransactWriteItems', 'TransactWriteItems'],
    ]);
  });

  it('writes items that are too large for one transaction in several', async () => {
    const all = Array.from({ length: 60 }, (_, partition) => partition);
    const one = ledger({ maxAttempts: 3 });
    const before = await one.read(partitions(...all), within());
    const records = (partition: number): RecordOrigin[] =>
      Array.from({ length: 9000 }, (_, place) => ({
        ...{ topic: 'contacts', partition, offset: place * 100_000, timestamp: now },
      }));
    const state = new Map(
      [...before].map(([key, known]) => [key, { ...known, sparse: true }] as const),
    );
    const event = all.flatMap(records);
    await one.write(before, markSettled(state, event, now), within());
    const writes = proxy.requests().filter(({ step }) => step === 'TransactWriteItems');
    expect(writes.length).toBeGreaterThan(1);
    expect(Math.max(...writes.map(({ body }) => body.length))).toBeLessThan(4_000_000);
    expect(await dynamo.items()).toHaveLength(60);
  });

  it('asks again for what DynamoDB leaves out of a large reply', async () => {
    const one = ledger();
    const before = await one.read(partitions(0, 1), within());
    await one.write(before, settled(before, 0, 1), within());
    const left = { [dynamo.tableName]: { Keys: [{ id: { S: `sink|${cluster}|contacts|1` } }] } };
    const items = { [dynamo.tableName]: [] };
    const body = JSON.stringify({ Responses: items, UnprocessedKeys: left });
    proxy.arm({
      match: ({ step }) => step === 'BatchGetItem',
      when: 'before',
      action: {
        ...{ kind: 'status', status: 200, body },
        headers: { 'content-type': 'application/x-amz-json-1.0' },
      },
    });
    const read = await ledger().read(partitions(1), within());
    expect(read.get('contacts-1')?.version).toBe(1);
  });

  it('reads what was written last, not what may be known of it elsewhere', async () => {
    await ledger().read(partitions(0), within());
    expect(proxy.requests()[0]?.body).toContain('"ConsistentRead":true');
  });

  it('that is none is always empty and takes every write', async () => {
    expect(await noLedger.read(partitions(0), within())).toEqual(new Map());
    const after = settled(new Map(), 0);
    expect(await noLedger.write(new Map(), after, within())).toBe(after);
  });
});

describe('a lost race', () => {
  it('for an item that is new throws LEDGER_CONFLICT and changes nothing', async () => {
    const [one, other] = [ledger(), ledger()];
    const [first, second] = [
      await one.read(partitions(0), within()),
      await other.read(partitions(0), within()),
    ];
    await one.write(first, settled(first, 0), within());
    const items = await dynamo.items();
    expect(await codeOf(other.write(second, withJob(second, '750b'), within()))).toBe(
      'LEDGER_CONFLICT',
    );
    expect(await dynamo.items()).toEqual(items);
  });

  it('for an item that is there throws LEDGER_CONFLICT, also after one that was won', async () => {
    const [one, other] = [ledger(), ledger()];
    const empty = await one.read(partitions(0), within());
    const known = await one.write(empty, settled(empty, 0), within());
    const same = await other.read(partitions(0), within());
    await one.write(known, settled(known, 0), within());
    expect(await codeOf(other.write(same, withJob(same, '750b'), within()))).toBe(
      'LEDGER_CONFLICT',
    );
    expect(await dynamo.items()).toMatchObject([{ version: 2 }]);
  });

  it('against one who wrote the very same is none, since nothing is left to say', async () => {
    const [one, other] = [ledger(), ledger()];
    const empty = await one.read(partitions(0), within());
    const same = await other.read(partitions(0), within());
    const written = await one.write(empty, settled(empty, 0), within());
    expect(await other.write(same, settled(same, 0), within())).toEqual(written);
  });

  it('against the end of an item throws LEDGER_CONFLICT', async () => {
    const one = ledger();
    const empty = await one.read(partitions(0), within());
    const known = await one.write(empty, settled(empty, 0), within());
    await dynamo.remove(`sink|${cluster}|contacts|0`);
    expect(await codeOf(one.write(known, settled(known, 0), within()))).toBe('LEDGER_CONFLICT');
  });

  it('against itself, after a lost reply, is none', async () => {
    const one = ledger({ maxAttempts: 3 });
    const match = ({ step }: { step: string }) => step === 'PutItem';
    let state = await one.read(partitions(0), within());
    for (const version of [1, 2]) {
      proxy.arm({ match, when: 'after', action: { kind: 'reset' } });
      state = await one.write(state, settled(state, 0), within());
      expect(state.get('contacts-0')?.version).toBe(version);
      expect(await ledger().read(partitions(0), within())).toEqual(state);
    }
  });

  it('after a lost reply is one all the same when another invocation was first', async () => {
    const [one, other] = [ledger({ maxAttempts: 3 }), ledger()];
    const empty = await one.read(partitions(0), within());
    const theirs = await other.read(partitions(0), within());
    await other.write(theirs, withJob(theirs, '750a'), within());
    const match = ({ step }: { step: string }) => step === 'PutItem';
    proxy.arm({ match, when: 'after', action: { kind: 'reset' } });
    const ours = one.write(empty, withJob(empty, '750b'), within());
    expect(await codeOf(ours)).toBe('LEDGER_CONFLICT');
  });
});

describe('a write of several partitions', () => {
  const canceled = (...codes: readonly string[]) => ({
    ...{ kind: 'status' as const, status: 400 },
    headers: { 'content-type': 'application/x-amz-json-1.0' },
    body: JSON.stringify({
      __type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException',
      CancellationReasons: codes.map((Code) => ({ Code })),
    }),
  });
  const transactions = { match: ({ step }: { step: string }) => step === 'TransactWriteItems' };

  it('of which one lost a race throws LEDGER_CONFLICT and writes none', async () => {
    const [one, other] = [ledger(), ledger()];
    const empty = await one.read(partitions(0, 1, 2), within());
    const same = await other.read(partitions(0, 1, 2), within());
    await one.write(empty, settled(empty, 1), within());
    const before = await dynamo.items();
    const write = other.write(same, settled(same, 0, 1, 2), within());
    await expect(write).rejects.toThrow(
      /^LEDGER_CONFLICT: .*\(TransactionCanceledException: ConditionalCheckFailed\)/,
    );
    expect(await dynamo.items()).toEqual(before);
  });

  it('whose reply was lost is no race against itself', async () => {
    for (const maxAttempts of [3, 1]) {
      const one = ledger({ maxAttempts, sink: `sink ${maxAttempts}` });
      const empty = await one.read(partitions(0, 1), within());
      proxy.arm({ ...transactions, when: 'after', action: { kind: 'reset' } });
      const write = one.write(empty, settled(empty, 0, 1), within());
      expect(await codeOf(write)).toBe(maxAttempts === 1 ? 'LEDGER_UNAVAILABLE' : null);
    }
  });

  it('that is refused though its items are there has been made before', async () => {
    const one = ledger();
    const empty = await one.read(partitions(0, 1), within());
    const action = canceled('ConditionalCheckFailed', 'None');
    proxy.arm({ ...transactions, when: 'after', action });
    const written = await one.write(empty, settled(empty, 0, 1), within());
    expect(await ledger().read(partitions(0, 1), within())).toEqual(written);
  });

  it('that is throttled is repeated, three times in all', async () => {
    const one = ledger();
    const empty = await one.read(partitions(0, 1), within());
    const action = canceled('None', 'ThrottlingError');
    proxy.arm({ ...transactions, when: 'before', times: 2, action });
    const written = await one.write(empty, settled(empty, 0, 1), within());
    proxy.arm({ ...transactions, when: 'before', times: 3, action });
    const again = one.write(written, settled(written, 0, 1), within());
    expect(await codeOf(again)).toBe('LEDGER_UNAVAILABLE');
  });

  it.each([
    [['TransactionConflict', 'None'], 'LEDGER_CONFLICT'],
    [['ThrottlingError', 'ConditionalCheckFailed'], 'LEDGER_CONFLICT'],
    [['None', 'ValidationError'], 'LEDGER_REFUSED'],
    [['None', 'ProvisionedThroughputExceeded'], 'LEDGER_UNAVAILABLE'],
    [['None', 'AccessDenied'], 'LEDGER_UNAVAILABLE'],
  ] as const)('that is cancelled for %j throws %s', async (codes, code) => {
    const one = ledger();
    const empty = await one.read(partitions(0, 1), within());
    proxy.arm({ ...transactions, when: 'before', times: 3, action: canceled(...codes) });
    expect(await codeOf(one.write(empty, settled(empty, 0, 1), within()))).toBe(code);
  });

  it.each([
    [['ConditionalCheckFailed', 'None'], ' for contacts-0 '],
    [['None', 'ValidationError'], ' for contacts-1 '],
    [['TransactionConflict', 'TransactionConflict'], ' for contacts-0, contacts-1 '],
  ])('that is cancelled for %j names the partitions', async (codes, named) => {
    const one = ledger();
    const empty = await one.read(partitions(0, 1), within());
    proxy.arm({ ...transactions, when: 'before', action: canceled(...codes) });
    await expect(one.write(empty, settled(empty, 0, 1), within())).rejects.toThrow(
      `The job ledger could not be written${named}(TransactionCanceledException: `,
    );
  });

  it('that is cancelled for a hundred partitions names the first five', async () => {
    const one = ledger();
    const all = Array.from({ length: 100 }, (_, partition) => partition);
    const empty = await one.read(partitions(...all), within());
    const action = canceled(...all.map(() => 'ConditionalCheckFailed'));
    proxy.arm({ ...transactions, when: 'before', action });
    await expect(one.write(empty, settled(empty, ...all), within())).rejects.toThrow(
      ' for contacts-0, contacts-1, contacts-2, contacts-3, contacts-4 and 95 more (',
    );
  });

  describe('in more than one transaction', () => {
    const all = Array.from({ length: 250 }, (_, partition) => partition);

    it('names the partitions of all that failed', async () => {
      const [one, other] = [ledger(), ledger()];
      const empty = await one.read(partitions(...all), within());
      const same = await other.read(partitions(...all), within());
      await one.write(empty, settled(empty, 3, 120, 230), within());
      await expect(other.write(same, settled(same, ...all), within())).rejects.toThrow(
        'LEDGER_CONFLICT: The job ledger could not be written for contacts-3, contacts-120, contacts-230 (TransactionCanceledException: ConditionalCheckFailed). ',
      );
    });

    it('names the first five, and counts the others', async () => {
      const one = ledger();
      const empty = await one.read(partitions(...all), within());
      const action = canceled(...Array.from({ length: 100 }, () => 'ConditionalCheckFailed'));
      proxy.arm({ ...transactions, when: 'before', times: 3, action });
      await expect(one.write(empty, settled(empty, ...all), within())).rejects.toThrow(
        ' for contacts-0, contacts-1, contacts-2, contacts-3, contacts-4 and 245 more (',
      );
    });

    it('names all of one that failed without a reason for each', async () => {
      const one = ledger({ maxAttempts: 1 });
      const empty = await one.read(partitions(...all), within());
      proxy.arm({ ...transactions, when: 'before', action: { kind: 'reset' } });
      await expect(one.write(empty, settled(empty, ...all), within())).rejects.toThrow(
        /^LEDGER_UNAVAILABLE: The job ledger could not be written for (contacts-\d+, ){4}contacts-\d+ and (95|45) more \(/,
      );
    });

    it('names none if all failed alike', async () => {
      const one = ledger({ maxAttempts: 1 });
      const empty = await one.read(partitions(...all), within());
      proxy.arm({ ...transactions, when: 'before', times: 3, action: { kind: 'reset' } });
      await expect(one.write(empty, settled(empty, ...all), within())).rejects.toThrow(
        /^LEDGER_UNAVAILABLE: The job ledger could not be written \(/,
      );
    });

    it('is refused if one of them is, for its partitions alone, and says why each failed', async () => {
      const [one, other] = [ledger(), ledger()];
      const empty = await one.read(partitions(...all), within());
      const same = await other.read(partitions(...all), within());
      await one.write(empty, settled(empty, 3, 103, 203), within());
      const action = canceled('ValidationError');
      proxy.arm({ ...transactions, when: 'before', action });
      await expect(other.write(same, settled(same, ...all), within())).rejects.toThrow(
        /^LEDGER_REFUSED: .* for contacts-\d+ \((?=.*: ValidationError)(?=.*: ConditionalCheckFailed).*\)\. Check that/,
      );
    });
  });

  it('of one partition that another has written names it', async () => {
    const one = ledger();
    const empty = await one.read(partitions(0), within());
    await one.write(empty, settled(empty, 0), within());
    await expect(one.write(empty, withJob(empty, '750z'), within())).rejects.toThrow(
      /^LEDGER_CONFLICT: The job ledger could not be written for contacts-0 \(ConditionalCheckFailedException\)/,
    );
  });
});

describe('a sink', () => {
  const settings = {
    SALESFORCE_OBJECT: 'Contact',
    SALESFORCE_URI: 'https://acme.my.salesforce.com',
    SALESFORCE_SECRET_ID: 'dev/salesforce',
    AWS_LAMBDA_FUNCTION_NAME: 'contacts',
  };

  /** The state in the ledger that these settings name, after `write` if that is given. */
  async function versionOf(changed: Record<string, string>, place = {}, write = false) {
    let version = -1;
    const aws = { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'k', AWS_SECRET_ACCESS_KEY: 's' };
    await withEnvironment({ ...aws, AWS_ENDPOINT_URL_DYNAMODB: dynamo.url }, async () => {
      const config = readConfig({ ...settings, LEDGER_TABLE: dynamo.tableName, ...changed });
      const table = await ledgerOf(config, { clock: systemClock });
      const [partition] = partitions(0);
      const state = await table.read([{ ...partition!, ...place }], within());
      if (write) await table.write(state, settled(state, 0), within());
      version = [...state.values()][0]!.version;
    });
    return version;
  }

  it.each<readonly [string, Record<string, string>, object]>([
    ['function', { AWS_LAMBDA_FUNCTION_NAME: 'others' }, {}],
    ['object', { SALESFORCE_OBJECT: 'Lead' }, {}],
    ['org', { SALESFORCE_URI: 'https://acme--test.sandbox.my.salesforce.com' }, {}],
    ['operation', { SALESFORCE_RECORD_ID_FIELD: 'KafkaId__c' }, {}],
    ['cluster', {}, { cluster: 'another' }],
    ['topic', {}, { topic: 'accounts' }],
    ['partition', {}, { partition: 1 }],
  ])('of another %s has no state of this one', async (_name, changed, place) => {
    await versionOf({}, {}, true);
    expect(await versionOf({})).toBe(1);
    expect(await versionOf(changed, place)).toBe(0);
  });
});

describe('a table', () => {
  const awsError = (type: string) => ({
    ...{ kind: 'status' as const, status: 400, body: JSON.stringify({ __type: type }) },
    headers: { 'content-type': 'application/x-amz-json-1.0' },
  });

  const always = (action: Parameters<FaultProxy['arm']>[0]['action']) =>
    proxy.arm({ match: () => true, when: 'before', times: 100, action });

  it('that is not there is LEDGER_REFUSED, and the error says what to check', async () => {
    await expect(ledger({ tableName: 'other' }).read(partitions(0), within())).rejects.toThrow(
      /^LEDGER_REFUSED: The job ledger could not be read \(ResourceNotFoundException\)\. Check that LEDGER_TABLE exists/,
    );
  });

  it.each(['AccessDeniedException', 'UnrecognizedClientException', 'ValidationException'])(
    'that answers %s is LEDGER_REFUSED',
    async (type) => {
      always(awsError(type));
      const { tableName } = dynamo;
      expect(await codeOf(ledger({ tableName }).read(partitions(0), within()))).toBe(
        'LEDGER_REFUSED',
      );
    },
  );

  it.each(['ProvisionedThroughputExceededException', 'ThrottlingException', 'InternalServerError'])(
    'that answers %s is LEDGER_UNAVAILABLE',
    async (type) => {
      always(awsError(type));
      expect(await codeOf(ledger().read(partitions(0), within()))).toBe('LEDGER_UNAVAILABLE');
    },
  );

  it.each([
    ['does not answer', { kind: 'silence' }],
    ['drops the connection', { kind: 'reset' }],
    ['answers 500 with nothing', { kind: 'status', status: 500 }],
    ['answers with a page of HTML', { kind: 'malformed' }],
  ] as const)(
    'that %s is LEDGER_UNAVAILABLE before the deadline has long passed',
    async (...given) => {
      const one = ledger();
      const empty = await one.read(partitions(0), within());
      always(given[1]);
      expect(await codeOf(one.read(partitions(0), within(500)))).toBe('LEDGER_UNAVAILABLE');
      const write = one.write(empty, settled(empty, 0), within(500));
      expect(await codeOf(write)).toBe('LEDGER_UNAVAILABLE');
    },
  );

  it('that cannot be reached is LEDGER_UNAVAILABLE', async () => {
    const client = new DynamoDBClient({ ...localClient, endpoint: 'http://127.0.0.1:9' });
    clients.push(client);
    const table = new LedgerTable({
      client,
      tableName: 'ledger',
      sink: 'sink',
      now: () => now,
      sleep: async () => undefined,
    });
    await expect(table.read(partitions(0), within())).rejects.toThrow(
      /^LEDGER_UNAVAILABLE: The job ledger could not be read .* check the network path to DynamoDB/,
    );
  });

  it('whose item has another form is LEDGER_INVALID', async () => {
    const Item = { id: { S: `sink|${cluster}|contacts|0` }, version: { S: 'mine' } };
    const client = new DynamoDBClient({ ...localClient, endpoint: dynamo.url });
    clients.push(client);
    await client.send(new PutItemCommand({ TableName: dynamo.tableName, Item }));
    expect(await codeOf(ledger().read(partitions(0), within()))).toBe('LEDGER_INVALID');
  });

  it('that answers with nothing makes the first write fail, not a job be forgotten', async () => {
    const one = ledger();
    const empty = await one.read(partitions(0), within());
    await one.write(empty, settled(empty, 0), within());
    proxy.arm({
      match: ({ step }) => step === 'BatchGetItem',
      when: 'before',
      action: { kind: 'malformed', body: '{}' },
    });
    const nothing = await one.read(partitions(0), within());
    expect(await codeOf(one.write(nothing, withJob(nothing, '750a'), within()))).toBe(
      'LEDGER_CONFLICT',
    );
  });
});
