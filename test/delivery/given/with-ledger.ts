import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Emulator, startEmulator } from 'salesforce-bulk-emulator';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import {
  type LedgerTable as LocalTable,
  startLedgerTable,
} from '../../../local/aws/ledger-table.ts';
import { localClient } from '../../../local/aws/local-client.ts';
import type { ErrantRecordReporter, ErrantReport } from '../../../src/errant/reporter.ts';
import { SinkError } from '../../../src/errors.ts';
import type { EventRecord, KafkaEvent } from '../../../src/kafka/event.ts';
import type { Ledger } from '../../../src/ledger/ledger.ts';
import { LedgerTable } from '../../../src/ledger/table.ts';
import { eventOf, eventRecord } from '../../support/event.ts';
import { sinkTo } from '../../support/sink.ts';

/** What the tests of a file speak to; created for each file, and empty before each test. */
export let salesforce: Emulator;
let dynamo: LocalTable;
let client: DynamoDBClient;

/** The records that were reported, by their offsets. */
export const reported: number[] = [];

/** Starts the servers before the tests of a file, and ends them after. */
export function withServers(): void {
  beforeAll(async () => {
    salesforce = await startEmulator();
    dynamo = await startLedgerTable();
    client = new DynamoDBClient({ ...localClient, endpoint: dynamo.url });
  });
  beforeEach(async () => {
    reported.length = 0;
    salesforce.reset();
    salesforce.configure({ queueMs: 2 });
    for (const { id } of await dynamo.items()) await dynamo.remove(String(id));
  });
  afterAll(async () => {
    client.destroy();
    await dynamo.close();
    await salesforce.close();
  });
}

const contact = (offset: number, partition = 0): EventRecord => {
  const value = { LastName: `Number ${partition}-${offset}` };
  return eventRecord({ partition, offset, value, timestamp: 1_700_000_000_000 + offset });
};

/** Records of contacts without a key. */
export const contacts = (first: number, last: number, partition = 0) =>
  Array.from({ length: last - first + 1 }, (_, index) => contact(first + index, partition));

/** How a delivery goes. */
export interface DeliverOptions {
  readonly settings?: Record<string, string>;
  /** The write of the ledger that fails, from 0 on; those that change nothing do not count. */
  readonly failingWrite?: number;
  readonly onWrite?: () => void;
}

function table({ failingWrite, onWrite = () => {} }: DeliverOptions): Ledger {
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
    write: async (before, after, deadline) => {
      if ([...after].every(([key, state]) => state === before.get(key))) return after;
      onWrite();
      if (failingWrite === writes++) {
        throw new SinkError('LEDGER_UNAVAILABLE', 'as a test wants it.');
      }
      return ledger.write(before, after, deadline);
    },
  };
}

const reporter: ErrantRecordReporter = {
  check: async () => undefined,
  report: async ({ errants }: ErrantReport) => {
    reported.push(...errants.map(({ record }) => record.offset));
  },
};

/** A new container with the ledger that gets one event. Resolves to null or an error's code. */
export async function deliver(
  records: readonly EventRecord[] | KafkaEvent,
  options: DeliverOptions = {},
): Promise<string | null> {
  const event = Array.isArray(records) ? eventOf(records) : records;
  const given = { LEDGER_TABLE: dynamo.tableName, ERRORS_TOLERANCE: 'all', ...options.settings };
  const sink = sinkTo(salesforce.url, given, { ledger: table(options), reporter });
  const error = await sink.deliver(event);
  return error === null ? null : error instanceof SinkError ? error.code : error.name;
}

/** The names of the contacts in the org. */
export const names = () => salesforce.records('Contact').map(({ LastName }) => String(LastName));

/** The names that these records give. */
export const namesOf = (records: readonly EventRecord[]) =>
  records.map(({ partition, offset }) => `Number ${partition}-${offset}`);

/** The state of each job, and how many rows it was sent; null: none ever. */
export const jobs = () =>
  salesforce
    .jobs()
    .map(({ state, csv }) => [state, csv === null ? null : csv.split('\n').length - 2]);
