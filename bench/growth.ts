import { replayOf } from '../src/kafka/cluster.ts';
import type { KafkaEvent } from '../src/kafka/event.ts';
import type { ErrorOfRow } from './instant-salesforce.ts';
import { upsert } from './instant-sink.ts';
import { type Contact, eventOf } from './records.ts';

type Settings = Readonly<Record<string, string>>;

/** Something of which a batch may have more. */
export interface Growing {
  /** The amounts that are measured: n, 3 n, 10 n. */
  readonly amounts: readonly [number, number, number];
  readonly settings: Settings | ((amount: number) => Settings);
  readonly errorOf: ErrorOfRow;
  readonly event: (amount: number) => KafkaEvent;
  /** Whether the event was delivered before, and the ledger has its job but not its end. */
  readonly isRedelivery?: true;
}

/** A contact on one line, so that the stand-in for Salesforce need not parse CSV. */
const contact = (n: number): Contact => ({
  LastName: `Number ${n}`,
  Email: `contact.${n}@example.com`,
  ExternalId__c: `C-${n}`,
  Description: `Bought ${n}.`,
});

const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

const contacts = (count: number): KafkaEvent => eventOf(count, (n) => json(contact(n)));

const tolerant = { ERRORS_TOLERANCE: 'all' } as const;

/** A message that quotes the value of a cell, as Salesforce's does. */
const quoting: ErrorOfRow = (line) => {
  const [description] = line.split(',');
  return `STRING_TOO_LONG:Description: data value too large: ${description} (max length=5):Description --`;
};

/** Refuses a row in which a record with a title was merged. */
const refusingTitles: ErrorOfRow = (line) => (line.endsWith(',') ? null : quoting(line));

const accepting: ErrorOfRow = () => null;

const wide = (n: number, columns: number): Contact =>
  Object.fromEntries(Array.from({ length: columns }, (_, at) => [`Field${at}__c`, `text ${n}`]));

/** The partitions of an event of contacts, ten records in each. */
function partitioned(count: number): KafkaEvent {
  const event = contacts(count * 10);
  const records = Object.values(event.records).flat();
  const moved = records.map((record, at) => ({ ...record, partition: at % count, offset: at }));
  const partitions = Map.groupBy(moved, ({ partition }) => `contacts-${partition}`);
  return { ...event, records: Object.fromEntries(partitions) };
}

/** Records of one key; every `share`th has a title. */
const oneKey =
  (share: number) =>
  (count: number): KafkaEvent =>
    eventOf(count, (n) => {
      const Title = n % share === 1 ? 'Buyer' : null;
      return json({ ...contact(n), ExternalId__c: 'C-1', Title });
    });

/** A replay of every second record of a partition: no two offsets are adjacent. */
function replayed(count: number): KafkaEvent {
  const { records } = contacts(count);
  const spread = Object.values(records)
    .flat()
    .map((record, at) => ({ ...record, partition: 0, offset: 2 * at }));
  return {
    eventSource: 'SelfManagedKafka',
    eventSourceArn: replayOf('b-1.example:9092'),
    records: { 'contacts-0': spread },
  };
}

/** A map that names none of the fields of `wide`, and leaves out all that it does not name. */
const omitting = (entries: number): Settings => {
  const named = Array.from({ length: entries }, (_, at) => [`Source${at}.key`, `Target${at}__c`]);
  return {
    FIELD_MAP: JSON.stringify({ LastName: 'LastName', '*': null, ...Object.fromEntries(named) }),
  };
};

/** What is measured. */
export const growing: Readonly<Record<string, Growing>> = {
  records: { amounts: [1_000, 3_000, 10_000], settings: {}, errorOf: accepting, event: contacts },
  'columns of 1,000 records': {
    amounts: [15, 45, 150],
    settings: { UNKNOWN_FIELDS: 'send' },
    errorOf: accepting,
    event: (columns) => eventOf(1_000, (n) => json(wide(n, columns))),
  },
  'partitions, ten records each': {
    amounts: [20, 60, 200],
    settings: {},
    errorOf: accepting,
    event: partitioned,
  },
  'errant records among 3,000': {
    amounts: [300, 900, 3_000],
    settings: tolerant,
    errorOf: accepting,
    event: (errant) =>
      eventOf(3_000, (n) => (n < errant ? Buffer.from('{"LastName":') : json(contact(n)))),
  },
  'rejected rows that quote values': {
    amounts: [1_000, 3_000, 10_000],
    settings: { ...tolerant, ...upsert },
    errorOf: quoting,
    event: contacts,
  },
  'records of one key': {
    amounts: [1_000, 3_000, 10_000],
    settings: upsert,
    errorOf: accepting,
    event: oneKey(1_000),
  },
  'records of one key, redelivered': {
    amounts: [1_000, 3_000, 10_000],
    settings: upsert,
    errorOf: accepting,
    event: oneKey(1_000),
    isRedelivery: true,
  },
  'rejected rows, redelivered': {
    amounts: [1_000, 3_000, 10_000],
    settings: { ...tolerant, ...upsert },
    errorOf: quoting,
    event: contacts,
    isRedelivery: true,
  },
  'records of one key, all refused': {
    amounts: [30, 90, 300],
    settings: { ...tolerant, ...upsert },
    errorOf: quoting,
    event: oneKey(1_000),
  },
  'records of one key, one in 100 refused': {
    amounts: [100, 300, 1_000],
    // A null title is an empty cell, by which the row is known as one without.
    settings: { ...tolerant, ...upsert, NULL_VALUES: 'empty' },
    errorOf: refusingTitles,
    event: oneKey(100),
  },
  'replayed records, no two adjacent': {
    amounts: [500, 1_500, 5_000],
    settings: {},
    errorOf: accepting,
    event: replayed,
  },
  'fields and entries of FIELD_MAP': {
    amounts: [15, 45, 150],
    settings: omitting,
    errorOf: accepting,
    event: (columns) =>
      eventOf(1_000, (n) => json({ ...wide(n, columns), LastName: `Number ${n}` })),
  },
};
