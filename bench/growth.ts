import type { KafkaEvent } from '../src/kafka/event.ts';
import type { Judge } from './instant-salesforce.ts';
import { upsert } from './instant-sink.ts';
import { type Contact, eventOf } from './records.ts';

/** Something of which a batch may have more. */
export interface Growing {
  /** The amounts that are measured: n, 3 n, 10 n. */
  readonly amounts: readonly [number, number, number];
  readonly settings: Readonly<Record<string, string>>;
  readonly judge: Judge;
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
const quoting: Judge = (line) => {
  const [description] = line.split(',');
  return `STRING_TOO_LONG:Description: data value too large: ${description} (max length=5):Description --`;
};

/** Refuses a row in which a record with a title was merged. */
const refusingTitles: Judge = (line) => (line.endsWith(',') ? null : quoting(line));

const accepting: Judge = () => null;

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

/** What is measured. */
export const growing: Readonly<Record<string, Growing>> = {
  records: { amounts: [1_000, 3_000, 10_000], settings: {}, judge: accepting, event: contacts },
  'columns of 1,000 records': {
    amounts: [15, 45, 150],
    settings: { UNKNOWN_FIELDS: 'send' },
    judge: accepting,
    event: (columns) => eventOf(1_000, (n) => json(wide(n, columns))),
  },
  'partitions, ten records each': {
    amounts: [20, 60, 200],
    settings: {},
    judge: accepting,
    event: partitioned,
  },
  'errant records among 3,000': {
    amounts: [300, 900, 3_000],
    settings: tolerant,
    judge: accepting,
    event: (errant) =>
      eventOf(3_000, (n) => (n < errant ? Buffer.from('{"LastName":') : json(contact(n)))),
  },
  'rejected rows that quote values': {
    amounts: [1_000, 3_000, 10_000],
    settings: { ...tolerant, ...upsert },
    judge: quoting,
    event: contacts,
  },
  'records of one key': {
    amounts: [1_000, 3_000, 10_000],
    settings: upsert,
    judge: accepting,
    event: oneKey(1_000),
  },
  'records of one key, redelivered': {
    amounts: [1_000, 3_000, 10_000],
    settings: upsert,
    judge: accepting,
    event: oneKey(1_000),
    isRedelivery: true,
  },
  'rejected rows, redelivered': {
    amounts: [1_000, 3_000, 10_000],
    settings: { ...tolerant, ...upsert },
    judge: quoting,
    event: contacts,
    isRedelivery: true,
  },
  'records of one key, all refused': {
    amounts: [30, 90, 300],
    settings: { ...tolerant, ...upsert },
    judge: quoting,
    event: oneKey(1_000),
  },
  'records of one key, one in 100 refused': {
    amounts: [100, 300, 1_000],
    settings: { ...tolerant, ...upsert },
    judge: refusingTitles,
    event: oneKey(100),
  },
};
