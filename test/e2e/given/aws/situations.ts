import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import {
  DeleteSecretCommand,
  GetSecretValueCommand,
  RestoreSecretCommand,
} from '@aws-sdk/client-secrets-manager';
import {
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { errantQueue } from '../../../../cli/replay/queue.ts';
import { storeSecret } from '../../../../infra/secret/store.ts';
import { ErrantQueue } from '../../../../src/errant/queue.ts';
import type { ErrantReport } from '../../../../src/errant/reporter.ts';
import { addJob } from '../../../../src/ledger/add-job.ts';
import type { LedgerState } from '../../../../src/ledger/state.ts';
import { LedgerTable } from '../../../../src/ledger/table.ts';
import { Deadline, systemClock } from '../../../../src/runtime/deadline.ts';
import { credentialsFrom } from '../../../../src/salesforce/session/credentials.ts';
import { eventRecord } from '../../../support/event.ts';
import type { AwsSide } from './side.ts';

/** What the function or a command asks of AWS; returns what it sees, as JSON. */
export type Situation = (side: AwsSide) => Promise<unknown>;

const within = () => new Deadline(systemClock, Date.now() + 20_000);

const credentials = (side: AwsSide, secretId = side.secretId) =>
  credentialsFrom(secretId, async (SecretId) => {
    return (await side.secrets.send(new GetSecretValueCommand({ SecretId }))).SecretString;
  })(within(), true);

const ledger = ({ dynamo: client }: AwsSide, sink: string, tableName: string) =>
  new LedgerTable({
    ...{ client, tableName, sink },
    now: () => 1_700_000_000_000,
    sleep: async () => undefined,
  });

const cluster = 'arn:aws:kafka:us-east-1:123456789012:cluster/crm/abc-1';
const partitions = (count: number) =>
  Array.from({ length: count }, (_, partition) => ({ cluster, topic: 'contacts', partition }));

/** The state with a job of one record in each of these partitions. */
function withJob(state: LedgerState, numbers: readonly number[], id = '750'): LedgerState {
  const records = numbers.map((partition) => {
    return { topic: 'contacts', partition, offset: 0, timestamp: 1_700_000_000_000 };
  });
  return addJob(state, { id, rows: records.length, records, at: 1_700_000_000_000 }, records);
}

const jobsOf = (state: LedgerState) =>
  [...state.values()].map(({ jobs }) => jobs.map(({ id }) => id));

function queue({ sqs: client, queueUrl }: AwsSide, url = queueUrl): ErrantQueue {
  const origin = { sink: 'contacts', object: 'Contact', operation: 'insert' };
  return new ErrantQueue({ client, queueUrl: url, origin });
}

/** A report of errant records with these values. */
function reportOf(values: readonly string[]): ErrantReport {
  const sources = values.map((value, offset) => eventRecord({ offset, value }));
  const errants = sources.map(({ topic, partition, offset, timestamp }) => ({
    record: { topic, partition, offset, timestamp },
    ...({ stage: 'decode', code: 'JSON_INVALID', reason: 'no JSON', rejection: null } as const),
  }));
  return { errants, unmatched: [], sources, cluster };
}

const replayed = ({ sqs: client, queueUrl }: AwsSide) =>
  errantQueue({ client, queueUrl, hiddenForSeconds: 60, waitSeconds: 0 });

/** Receives all messages, deletes them, and returns what they say of their records. */
async function drain(side: AwsSide): Promise<unknown[]> {
  const messages = replayed(side);
  const seen: { offset: number; value: unknown; omitted?: unknown }[] = [];
  for (let some = await messages.receive(); some.length > 0; some = await messages.receive()) {
    seen.push(...some.map(({ body }) => JSON.parse(body)));
    await messages.remove(some);
  }
  return seen
    .toSorted((one, other) => one.offset - other.offset)
    .map(({ offset, value, omitted = [] }) => ({ offset, length: String(value).length, omitted }));
}

/** The situations by what they are. */
export const situations: Readonly<Record<string, Situation>> = {
  'a secret is read': async (side) => (await credentials(side)).clientId,
  'a secret that is not there': (side) => credentials(side, 'nowhere'),
  'the status of a secret that is not there': (side) =>
    side.secrets
      .send(new GetSecretValueCommand({ SecretId: 'nowhere' }))
      .catch(({ $metadata }) => $metadata.httpStatusCode),
  'a secret is stored, and again': async ({ secrets }) => {
    const pair = { clientId: 'a', clientSecret: 'b' };
    return [
      await storeSecret(secrets, { name: 'new', keyArn: null, credentials: pair }),
      await storeSecret(secrets, { name: 'new', keyArn: null, credentials: pair }),
    ];
  },
  'a secret that is being deleted': async ({ secrets }) => {
    const pair = { clientId: 'a', clientSecret: 'b' };
    await storeSecret(secrets, { name: 'old', keyArn: null, credentials: pair });
    await secrets.send(new DeleteSecretCommand({ SecretId: 'old' }));
    return storeSecret(secrets, { name: 'old', keyArn: null, credentials: pair });
  },
  'a secret that is marked for deletion is read': async (side) => {
    const pair = { clientId: 'a', clientSecret: 'b' };
    await storeSecret(side.secrets, { name: 'gone', keyArn: null, credentials: pair });
    await side.secrets.send(new DeleteSecretCommand({ SecretId: 'gone' }));
    const { code, message } = await credentials(side, 'gone').catch((error) => error);
    await side.secrets.send(new RestoreSecretCommand({ SecretId: 'gone' }));
    return [code, message, (await credentials(side, 'gone')).clientId];
  },
  'a partition without an item': async (side) =>
    jobsOf(await ledger(side, 'none', side.tableName).read(partitions(1), within())),
  'a job is written, and read by another container': async (side) => {
    const one = ledger(side, 'job', side.tableName);
    const before = await one.read(partitions(1), within());
    await one.write(before, withJob(before, [0]), within());
    return jobsOf(await ledger(side, 'job', side.tableName).read(partitions(1), within()));
  },
  'a second write of what was read once': async (side) => {
    const one = ledger(side, 'stale', side.tableName);
    const before = await one.read(partitions(1), within());
    await one.write(before, withJob(before, [0]), within());
    return one.write(before, withJob(before, [0], '751'), within());
  },
  'a write of several partitions, of which one is stale': async (side) => {
    const one = ledger(side, 'several', side.tableName);
    const before = await one.read(partitions(3), within());
    await one.write(before, withJob(before, [1]), within());
    const code = await one
      .write(before, withJob(before, [0, 1, 2], '751'), within())
      .catch((error: { code?: string }) => error.code);
    return [code, jobsOf(await one.read(partitions(3), within()))];
  },
  // More take two transactions at a time, to which moto answers 500.
  'as many partitions as a transaction takes': async (side) => {
    const one = ledger(side, 'many', side.tableName);
    const all = partitions(100);
    const before = await one.read(all, within());
    const numbers = all.map(({ partition }) => partition);
    await one.write(before, withJob(before, numbers), within());
    return jobsOf(await one.read(all, within())).length;
  },
  'a table that is not there': (side) =>
    ledger(side, 'sink', 'nowhere').read(partitions(1), within()),
  'an item above 400 KB': ({ dynamo, tableName: TableName }) =>
    dynamo.send(
      new PutItemCommand({ TableName, Item: { id: { S: 'a' }, x: { S: 'x'.repeat(410_000) } } }),
    ),
  'the queue is reached': async (side) => (await queue(side).check(within())) ?? 'reached',
  'a queue that is not there': (side) => queue(side, `${side.queueUrl}-2`).check(within()),
  'more errant records than a batch takes': async (side) => {
    await queue(side).report(
      reportOf(Array.from({ length: 23 }, (_, at) => `{"a":${at}`)),
      within(),
    );
    return drain(side);
  },
  'characters that XML lacks': async (side) => {
    await queue(side).report(reportOf(['\u0000\u0001\uFFFE "']), within());
    return drain(side);
  },
  'a message is given back, and received again': async (side) => {
    await queue(side).report(reportOf(['one']), within());
    const messages = replayed(side);
    const first = await messages.receive();
    const hidden = await messages.receive();
    await messages.hold(first);
    await messages.giveBack(first);
    const again = await messages.receive();
    await messages.remove(again);
    return [first.length, hidden.length, again.map(({ id }) => id === first[0]?.id)];
  },
  'a message is deleted by a wrong handle': async ({ sqs, queueUrl: QueueUrl }) => {
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: 'wrong' }));
    return 'deleted';
  },
  'messages are deleted by wrong handles': async ({ sqs, queueUrl: QueueUrl }) => {
    const Entries = ['0', '1'].map((Id) => ({ Id, ReceiptHandle: `wrong-${Id}` }));
    const command = new DeleteMessageBatchCommand({ QueueUrl, Entries });
    const { Successful = [], Failed = [] } = await sqs.send(command);
    return [Successful.length, Failed.map(({ Id, Code }) => [Id, Code])];
  },
  'a body that SQS refuses': async ({ sqs, queueUrl: QueueUrl }) => {
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'a\u0001' }));
    return 'sent';
  },
};
