import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type LedgerTable as LocalTable, startLedgerTable } from '../../local/aws/ledger-table.ts';
import { LOCAL_CLIENT } from '../../local/aws/local-client.ts';
import { type Emulator, startEmulator } from '../../local/salesforce/emulator.ts';
import { SinkError } from '../../src/errors.ts';
import type { EventRecord, KafkaEvent } from '../../src/kafka/event.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { LedgerTable } from '../../src/ledger/table.ts';
import type { Report, Reporter } from '../../src/report/reporter.ts';
import { eventOf, eventRecord } from '../given/event.ts';
import { startFaultProxy } from '../given/fault-proxy/fault-proxy.ts';
import { sinkTo } from '../given/sink.ts';

let salesforce: Emulator;
let dynamo: LocalTable;
let client: DynamoDBClient;

beforeAll(async () => {
  salesforce = await startEmulator();
  dynamo = await startLedgerTable();
  client = new DynamoDBClient({ ...LOCAL_CLIENT, endpoint: dynamo.url });
});
beforeEach(async () => {
  salesforce.reset();
  salesforce.configure({ queueMs: 2 });
  for (const { id } of await dynamo.items()) await dynamo.remove(String(id));
});
afterAll(async () => {
  client.destroy();
  await dynamo.close();
  await salesforce.close();
});

const lock = { rowError: 'UNABLE_TO_LOCK_ROW:unable to obtain exclusive access:--' };
const invalid = { rowError: 'INVALID_FIELD:no such thing:--' };

const contact = (offset: number, partition = 0): EventRecord => {
  const value = { LastName: `Number ${partition}-${offset}` };
  return eventRecord({ partition, offset, value, timestamp: 1_700_000_000_000 + offset });
};

const contacts = (first: number, last: number, partition = 0) =>
  Array.from({ length: last - first + 1 }, (_, index) => contact(first + index, partition));

/** What goes wrong with the ledger's writes: `fails[n]` is for write n. */
function table(fails: readonly boolean[] = [], onWrite = () => {}): Ledger {
  const parts = {
    tableName: dynamo.tableName,
    sink: 'contacts',
    now: () => Date.now(),
    sleep: async () => undefined,
  };
  const ledger = new LedgerTable({ client, ...parts });
  let writes = 0;
  return {
    read: (...given) => ledger.read(...given),
    write: async (...given) => {
      onWrite();
      if (fails[writes++]) throw new SinkError('LEDGER_UNAVAILABLE', 'as a test wants it.');
      return ledger.write(...given);
    },
  };
}

/** The records that were reported, by their offsets. */
const reported: number[] = [];
beforeEach(() => {
  reported.length = 0;
});
const reporter: Reporter = {
  check: async () => undefined,
  report: async ({ errants }: Report) => {
    reported.push(...errants.map(({ record }) => record.offset));
  },
};

/** A new container with the ledger that gets one event. Resolves to null or an error's code. */
async function deliver(
  records: readonly EventRecord[] | KafkaEvent,
  { settings = {}, fails, onWrite }: DeliverOptions = {},
): Promise<string | null> {
  const event = Array.isArray(records) ? eventOf(records) : records;
  const given = { LEDGER_TABLE: dynamo.tableName, ERRORS_TOLERANCE: 'all', ...settings };
  const sink = sinkTo(salesforce.url, given, { ledger: table(fails, onWrite), reporter });
  const error = await sink.deliver(event);
  return error === null ? null : error instanceof SinkError ? error.code : error.name;
}

interface DeliverOptions {
  readonly settings?: Record<string, string>;
  readonly fails?: readonly boolean[];
  readonly onWrite?: () => void;
}

const names = () => salesforce.records('Contact').map(({ LastName }) => String(LastName));
const namesOf = (records: readonly EventRecord[]) =>
  records.map(({ partition, offset }) => `Number ${partition}-${offset}`);

/** The state of each job, and how many rows it was sent; null: none ever. */
const jobs = () =>
  salesforce
    .jobs()
    .map(({ state, csv }) => [state, csv === null ? null : csv.split('\n').length - 2]);

/** The ledger takes the job and its follow-up, but not that all is settled. */
const killedAtTheEnd = { fails: [false, true] };
const killedAfterTwoJobs = { fails: [false, false, true] };

/** Closes the only job and waits for its end, as the invocation that made it may still do. */
async function closeFromElsewhere(): Promise<void> {
  const login = await fetch(`${salesforce.url}/services/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({
      ...{ grant_type: 'client_credentials', client_id: 'local-client' },
      client_secret: 'local-secret',
    }),
  });
  const { access_token: token } = (await login.json()) as { access_token: string };
  await fetch(`${salesforce.url}/services/data/v65.0/jobs/ingest/${salesforce.jobs()[0]?.id}`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ state: 'UploadComplete' }),
  });
  await expect.poll(() => salesforce.jobs()[0]?.state).toBe('JobComplete');
}

describe('a job', () => {
  it('is in the ledger before it has any rows', async () => {
    const seen: unknown[] = [];
    const onWrite = () => {
      seen.push(salesforce.jobs().map(({ state, uploads }) => [state, uploads]));
    };
    expect(await deliver(contacts(0, 2), { onWrite })).toBeNull();
    expect(seen).toEqual([[['Open', 0]], [['JobComplete', 1]]]);
  });

  it('that the ledger does not take gets no rows', async () => {
    expect(await deliver(contacts(0, 2), { fails: [true] })).toBe('LEDGER_UNAVAILABLE');
    expect(jobs()).toEqual([['Aborted', null]]);
    expect(names()).toEqual([]);
  });

  it('of an earlier delivery is not made again', async () => {
    expect(await deliver(contacts(0, 2), killedAtTheEnd)).toBe('LEDGER_UNAVAILABLE');
    expect(await deliver(contacts(0, 2))).toBeNull();
    expect(jobs()).toEqual([['JobComplete', 3]]);
  });

  it('whose records come back in two halves, with others, is not made again', async () => {
    await deliver(contacts(0, 5), killedAtTheEnd);
    expect(await deliver(contacts(0, 1))).toBeNull();
    expect(await deliver(contacts(2, 8))).toBeNull();
    expect(names().sort()).toEqual(namesOf(contacts(0, 8)));
    expect(jobs()).toEqual([
      ['JobComplete', 6],
      ['JobComplete', 3],
    ]);
  });

  it('that is still running is left to run, and found when it has ended', async () => {
    salesforce.configure({ queueMs: 200 });
    const settings = { POLL_MAX_STEPS: '1' };
    expect(await deliver(contacts(0, 2), { settings })).toBe('JOB_STILL_RUNNING');
    expect(jobs()).toEqual([['UploadComplete', 3]]);
    expect(await deliver(contacts(0, 2), { settings: { POLL_MAX_STEPS: '1000' } })).toBeNull();
    expect(names().sort()).toEqual(namesOf(contacts(0, 2)));
  });

  it('that never began is discarded, and its records go into another', async () => {
    salesforce.fault({ call: 'close', action: { kind: 'status', status: 400 } });
    expect(await deliver(contacts(0, 2))).toBe('SALESFORCE_REFUSED');
    expect(await deliver(contacts(0, 2))).toBeNull();
    expect(jobs()).toEqual([
      ['Aborted', 3],
      ['JobComplete', 3],
    ]);
    expect(names().sort()).toEqual(namesOf(contacts(0, 2)));
  });

  it('that begins while it is being discarded is waited for, and not made again', async () => {
    salesforce.fault({ call: 'close', action: { kind: 'status', status: 400 } });
    expect(await deliver(contacts(0, 2))).toBe('SALESFORCE_REFUSED');
    const proxy = await startFaultProxy(salesforce.url, { rewriteOrigin: true });
    proxy.arm({
      match: ({ step }) => step === 'abort',
      when: 'before',
      action: { kind: 'call', run: closeFromElsewhere },
    });
    expect(await deliver(contacts(0, 2), { settings: { SALESFORCE_URI: proxy.url } })).toBeNull();
    await proxy.close();
    expect(jobs()).toEqual([['JobComplete', 3]]);
    expect(names().sort()).toEqual(namesOf(contacts(0, 2)));
  });

  it('that failed as a whole is forgotten, and its records go into another', async () => {
    salesforce.fault({ job: 'fail' });
    expect(await deliver(contacts(0, 2))).toBe('JOB_FAILED');
    expect(await deliver(contacts(0, 2))).toBeNull();
    expect(jobs()).toEqual([
      ['Failed', 3],
      ['JobComplete', 3],
    ]);
  });

  it('that is gone is forgotten, and its records go into another', async () => {
    salesforce.fault({ job: 'vanish' });
    await deliver(contacts(0, 2));
    expect(await deliver(contacts(0, 2))).toBeNull();
    expect(names()).toHaveLength(6);
  });
});

describe('rows that fail in passing', () => {
  it('go alone into further jobs, three in all, and are errant then', async () => {
    salesforce.fault({ ...lock, match: { LastName: 'Number 0-1' }, times: null });
    expect(await deliver(contacts(0, 2))).toBeNull();
    expect(jobs()).toEqual([
      ['JobComplete', 3],
      ['JobComplete', 1],
      ['JobComplete', 1],
    ]);
    expect(reported).toEqual([1]);
  });

  it('fail the flush then where nothing is tolerated, and are tried again at the next', async () => {
    salesforce.fault({ ...lock, match: { LastName: 'Number 0-1' }, times: 4 });
    const settings = { ERRORS_TOLERANCE: 'none' };
    expect(await deliver(contacts(0, 2), { settings })).toBe('JOB_ROWS_FAILED');
    expect(await deliver(contacts(0, 2), { settings })).toBeNull();
    expect(jobs().map(([, rows]) => rows)).toEqual([3, 1, 1, 1, 1]);
    expect(names().sort()).toEqual(namesOf(contacts(0, 2)));
  });

  it('are not written again by a redelivery after the further job', async () => {
    salesforce.fault({ ...lock, match: { LastName: 'Number 0-1' } });
    expect(await deliver(contacts(0, 2), killedAfterTwoJobs)).toBe('LEDGER_UNAVAILABLE');
    expect(await deliver(contacts(0, 2))).toBeNull();
    expect(names().sort()).toEqual(namesOf(contacts(0, 2)));
    expect(jobs()).toHaveLength(2);
  });

  it('are not mistaken for equal rows of other partitions, which may come first the next time', async () => {
    const twin = (partition: number) => {
      const value = { LastName: 'Twin' };
      return eventRecord({ partition, offset: 0, value });
    };
    salesforce.fault({ ...lock, match: { LastName: 'Twin' } });
    expect(await deliver([twin(0), twin(1)], killedAfterTwoJobs)).toBe('LEDGER_UNAVAILABLE');
    expect(await deliver([twin(1), twin(0)])).toBeNull();
    expect(names()).toEqual(['Twin', 'Twin']);
  });
});

describe('rows that are refused for good', () => {
  it('are errant, each in the half that brings it back', async () => {
    salesforce.fault({ ...invalid, match: { LastName: 'Number 0-1' } });
    salesforce.fault({ ...invalid, match: { LastName: 'Number 0-4' } });
    await deliver(contacts(0, 5), killedAtTheEnd);
    expect(reported.splice(0)).toEqual([1, 4]);
    expect(await deliver(contacts(0, 2))).toBeNull();
    expect(reported.splice(0)).toEqual([1]);
    expect(await deliver(contacts(3, 5))).toBeNull();
    expect(reported).toEqual([4]);
    expect(names()).toHaveLength(4);
  });

  it('fail the flush where nothing is tolerated, and are tried once at each delivery', async () => {
    salesforce.fault({ ...invalid, match: { LastName: 'Number 0-1' }, times: 2 });
    const settings = { ERRORS_TOLERANCE: 'none' };
    expect(await deliver(contacts(0, 2), { settings })).toBe('JOB_ROWS_FAILED');
    expect(await deliver(contacts(0, 2), { settings })).toBe('JOB_ROWS_FAILED');
    expect(await deliver(contacts(0, 2), { settings })).toBeNull();
    expect(jobs().map(([, rows]) => rows)).toEqual([3, 1, 1]);
    expect(names().sort()).toEqual(namesOf(contacts(0, 2)));
  });
});

describe('records that are settled', () => {
  it('need no call to Salesforce', async () => {
    expect(await deliver(contacts(0, 2))).toBeNull();
    const calls = salesforce.requests().length;
    expect(await deliver(contacts(0, 2))).toBeNull();
    expect(salesforce.requests()).toHaveLength(calls);
  });

  it('are written again when the group is set back to before them, or the topic made anew', async () => {
    expect(await deliver(contacts(5, 9))).toBeNull();
    expect(await deliver(contacts(3, 9))).toBeNull();
    expect(names()).toHaveLength(5 + 7);
    const anew = contacts(3, 9).map((one) => ({ ...one, timestamp: one.timestamp + 3_600_000 }));
    expect(await deliver(anew)).toBeNull();
    expect(names()).toHaveLength(5 + 7 + 7);
  });

  it('are written again from another cluster', async () => {
    expect(await deliver(contacts(0, 2))).toBeNull();
    const event = eventOf(contacts(0, 2));
    expect(await deliver({ ...event, eventSourceArn: 'arn:aws:kafka:another' })).toBeNull();
    expect(names()).toHaveLength(6);
  });
});
