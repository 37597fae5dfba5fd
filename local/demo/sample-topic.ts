import type { SourceRecord } from '../event-source-mapping/source-record.ts';

/** A generated topic, and what must be in Salesforce after its delivery. */
export interface SampleTopic {
  name: string;
  partitions: number;
  /** In the order in which a consumer reads them. */
  records: readonly SourceRecord[];
  /** `LastName` of every record that can be written, each once. */
  valid: readonly string[];
  /** `LastName` of the one whose row is locked at the first try. */
  locked: string;
}

/** The fields of one contact; a field may be missing. */
type Contact = Readonly<Record<string, string | number | boolean>>;

const topicName = 'contacts';

/** The partitions of the records, in turn; some get more records than others. */
const partitionCycle = [0, 1, 2, 0, 1, 0];

const firstTimestamp = Date.UTC(2026, 0, 1);

/** Numbers of the records that Salesforce rejects, for an invalid email address. */
const rejected: ReadonlySet<number> = new Set([160, 2204]);

/** The number of the record whose row is locked at the first try. */
const lockedIndex = 2310;

/** Values that cannot become a row, by the number of their record. */
const unusable: ReadonlyMap<number, Buffer | null> = new Map([
  [41, Buffer.from('{"LastName": "Contact 0042"')],
  [1377, null],
]);

/**
 * Generates `count` contacts, always the same ones: most as plain JSON, every fifth in Kafka
 * Connect's envelope of schema and payload. Of 2,400, two are unusable and two are rejected.
 */
export function sampleTopic(count: number): SampleTopic {
  const offsets = [0, 0, 0];
  const valid: string[] = [];
  const records = Array.from({ length: count }, (_, index): SourceRecord => {
    const partition = partitionCycle[index % partitionCycle.length] ?? 0;
    const offset = offsets[partition] ?? 0;
    offsets[partition] = offset + 1;
    const contact = sampleContact(index);
    const broken = unusable.get(index);
    if (broken === undefined && !rejected.has(index)) valid.push(String(contact['LastName']));
    return {
      topic: topicName,
      partition,
      offset,
      timestamp: firstTimestamp + index * 1000,
      timestampType: 'CREATE_TIME',
      key: Buffer.from(String(index)),
      value: broken === undefined ? valueBytes(contact, index) : broken,
      headers: [['source', Buffer.from('demo')]],
    };
  });
  const locked = String(sampleContact(lockedIndex)['LastName']);
  return { name: topicName, partitions: offsets.length, records, valid, locked };
}

function sampleContact(index: number): Contact {
  const number = String(index + 1).padStart(4, '0');
  return {
    LastName: `Contact ${number}`,
    Email: rejected.has(index) ? `contact ${number}` : `contact-${number}@example.com`,
    Phone: `+1 555 01${number}`,
    Level__c: ['Bronze', 'Silver', 'Gold'][index % 3] ?? 'Bronze',
    Visits__c: (index * 37) % 100,
    Active__c: index % 7 !== 0,
    LastSeen__c: new Date(firstTimestamp - index * 3_600_000).toISOString(),
    ...(index % 2 === 0 ? { Birthdate: `19${60 + (index % 40)}-0${1 + (index % 9)}-15` } : {}),
    ...(index % 4 === 0 ? { Description: `Line one of ${number}\nLine "two", with a comma` } : {}),
  };
}

function valueBytes(contact: Contact, index: number): Buffer {
  return Buffer.from(JSON.stringify(index % 5 === 0 ? envelope(contact) : contact));
}

/** A contact as Kafka Connect's JsonConverter writes it with `schemas.enable=true`. */
function envelope(contact: Contact): unknown {
  const types = { string: 'string', number: 'int32', boolean: 'boolean' } as const;
  const fields = Object.entries(contact).map(([field, value]) => {
    const kind = typeof value;
    return {
      field,
      optional: true,
      type: types[kind === 'number' || kind === 'boolean' ? kind : 'string'],
    };
  });
  return { schema: { type: 'struct', optional: false, name: 'Contact', fields }, payload: contact };
}
