import { parse } from 'csv-parse/sync';
import type { Emulator } from 'salesforce-bulk-emulator';
import { connect } from '../emulator/client.ts';
import {
  coordinates,
  type GivenBatch,
  lockedRow,
  partitions,
  placesOf,
  recordAt,
} from './given-batch.ts';

/** The value of a record; null: a tombstone. */
type Value = object | string | null;

/** The records of each partition: the row that each is about, its value, and whether it is errant. */
const kinds: readonly (readonly [row: string, value: Value, result?: 'errant'])[] = [
  ['new', { Title: 'new' }],
  ['deleted', null],
  ['made again', null],
  ['made again', { Title: 'new' }],
  ['never there', null],
  ['delete locked', null],
  ['locked', { Title: 'new' }],
  ['delete refused', { Title: 'new' }],
  ['replaced', { Title: 'new' }],
  ['delete refused', null, 'errant'],
  ['replaced', null],
  ['refused', { Email: 'no address' }, 'errant'],
  ['broken', '{"LastName": "half', 'errant'],
];

/** Between a delete and the record that makes its row again, and between rows and their deletes. */
const cutAt = [3, 9] as const;

/** The rows that exist before, each with an old title and an old department. */
const existing = ['deleted', 'made again', 'delete locked', 'delete refused', 'replaced'];

/** The rows that the records leave, each with its title and its department. */
const left: Readonly<Record<string, string>> = {
  ...{ new: 'new, null', 'made again': 'new, null', locked: 'new, null' },
  'delete refused': 'new, old',
};

/** A key and a value as a producer sends them. */
function sent(key: string, value: Value) {
  if (value === null) return { key: Buffer.from(key).toString('base64') };
  if (typeof value === 'string') return { value };
  return { value: { ExternalId__c: key, LastName: key, ...value } };
}

/** The external ids of rows that upsert jobs have written, each as often as it was written. */
async function upsertedIn(org: Emulator, topic: string): Promise<string[]> {
  const client = await connect(org);
  const jobs = org.jobs().filter(({ operation, state, csv }) => {
    return operation === 'upsert' && state !== 'Open' && csv?.includes(`${topic} `);
  });
  const keys = jobs.map(async ({ id }) => {
    await client.ended(id);
    const rows = parse(await client.results(id, 'successfulResults'), { columns: true });
    return (rows as Record<string, string>[]).map((row) => String(row['ExternalId__c']));
  });
  return (await Promise.all(keys)).flat();
}

/** Creates the rows of a partition that exist before, and arms its faults. */
function preparePartition(org: Emulator, keyOf: (row: string) => string): void {
  const ids = new Map<string, string>();
  for (const row of existing) {
    const key = keyOf(row);
    const old = { ExternalId__c: key, LastName: key, Title: 'old', Department: 'old' };
    ids.set(row, org.seed('Contact', old));
  }
  const isRow = (row: string) => ({ Id: ids.get(row) ?? '' });
  org.fault({ rowError: lockedRow, match: { ExternalId__c: keyOf('locked') } });
  org.fault({ rowError: lockedRow, match: isRow('delete locked') });
  const rowError = 'DELETE_FAILED:Your attempt to delete the row could not be completed:--';
  org.fault({ rowError, match: isRow('delete refused'), times: null });
}

/** Makes a batch of rows to upsert and to delete; its topic keeps it apart from those of others. */
export function deleteBatch(topic: string): GivenBatch {
  const keysIn = (partition: number) => (row: string) => `${topic} ${partition} ${row}`;
  const all = placesOf(kinds.length).map((place) => {
    const [row, value, result] = kinds[place.index] ?? ['', null];
    return { place, key: keysIn(place.partition)(row), value, isBad: result === 'errant' };
  });
  return {
    ...{ topic, cutAt },
    records: all.map(({ place, key, value }) => recordAt(topic, place, sent(key, value))),
    good: partitions.flatMap((partition) =>
      Object.entries(left).map(([row, fields]) => `${keysIn(partition)(row)}: ${fields}`),
    ),
    bad: all.filter(({ isBad }) => isBad).map(({ place }) => coordinates(topic, place)),
    prepare(org) {
      for (const partition of partitions) preparePartition(org, keysIn(partition));
    },
    rowsIn: (org) =>
      org
        .records('Contact')
        .map(({ ExternalId__c: key, Title = null, Department = null }) => {
          return `${key}: ${Title}, ${Department}`;
        })
        .filter((row) => row.startsWith(`${topic} `)),
    writesIn: (org) => upsertedIn(org, topic),
  };
}
