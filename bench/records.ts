import type { EventRecord, KafkaEvent } from '../src/kafka/event.ts';

/** The fields of a contact. */
export type Contact = Readonly<Record<string, string | number | boolean>>;

/** What a contact of the benchmark looks like: 15 fields, a little under 400 bytes of JSON. */
export function contact(n: number): Contact {
  return {
    FirstName: 'Contact',
    LastName: `Number ${n}`,
    Email: `contact.${n}@example.com`,
    ExternalId__c: `C-${String(n).padStart(8, '0')}`,
    Phone: '+44 20 7946 0000',
    Title: n % 10 === 0 ? 'Head of Buying, Europe' : 'Buyer',
    Department: 'Purchasing',
    MailingStreet: n % 5 === 0 ? '1 High Street\nSecond Floor' : '1 High Street',
    MailingCity: 'London',
    MailingPostalCode: 'N1 9GU',
    Birthdate: '1980-02-29',
    Score__c: n / 8,
    Visits__c: n,
    HasOptedOutOfEmail: n % 2 === 0,
    Description: 'Bought.',
  };
}

/**
 * An event of records over six partitions, with the numbers from `first`, as an event source mapping
 * makes it.
 */
export function eventOf(count: number, write: (n: number) => Buffer, first = 0): KafkaEvent {
  const numbers = Array.from({ length: count }, (_, place) => first + place);
  const records: EventRecord[] = numbers.map((n) => ({
    topic: 'contacts',
    partition: n % 6,
    offset: 1_000_000 + Math.floor(n / 6),
    timestamp: 1_760_000_000_000 + n,
    timestampType: 'CREATE_TIME',
    value: write(n).toString('base64'),
  }));
  const partitions = Map.groupBy(records, ({ partition }) => `contacts-${partition}`);
  return {
    eventSource: 'aws:kafka',
    eventSourceArn: 'arn:aws:kafka:eu-west-1:123456789012:cluster/bench/1',
    records: Object.fromEntries(partitions),
  };
}

/** An event with this number of contacts, from the contact `first`. */
export const contactEvent = (
  count: number,
  write: (given: Contact) => Buffer,
  first = 0,
): KafkaEvent => eventOf(count, (n) => write(contact(n)), first);
