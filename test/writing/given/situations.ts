import type { Emulator } from '../../../emulator/src/emulator.ts';
import type { FieldValue } from '../../../emulator/src/record/record-store.ts';
import type { EventRecord } from '../../../src/kafka/event.ts';
import { eventRecord } from '../../support/event.ts';
import { type Operation, operations, writerTo } from './write.ts';

/** What an operation goes by: the id of a row, or its external id. */
interface Target {
  readonly operation: Operation;
  readonly org: Emulator;
  /** Makes a contact with this external id; its id. */
  readonly make: (key: string) => string;
}

/** Records with these values; null is a tombstone, whose key is the text. */
const recordsOf = (...values: readonly (object | { readonly tombstone: string })[]) =>
  values.map((value, offset): EventRecord => {
    if (!('tombstone' in value)) return eventRecord({ offset, value });
    return eventRecord({ offset, key: Buffer.from(value.tombstone).toString('base64') });
  });

/** Names a row that there is, by what the operation goes by. */
function existing({ operation, make }: Target, key = 'A'): object {
  const Id = make(key);
  return operation === 'insert' || operation === 'upsert' ? { ExternalId__c: key } : { Id };
}

/** An id that an org could have, and that none of its contacts has. */
const strangeId = '003Em0zzzzzzzzz';

function absent({ operation }: Target): object {
  return operation === 'insert' || operation === 'upsert'
    ? { ExternalId__c: 'Z' }
    : { Id: strangeId };
}

const named = { LastName: 'Ada' };

/** Names a row in the recycle bin. */
async function binned(target: Target): Promise<object> {
  const Id = target.make('A');
  const bin = writerTo(target.org, operations.delete);
  await bin.write([eventRecord({ value: { Id } })]);
  const byId = target.operation !== 'insert' && target.operation !== 'upsert';
  return byId ? { Id } : { ExternalId__c: 'A' };
}

type Situation = (target: Target) => Promise<readonly EventRecord[]> | readonly EventRecord[];

/** Every situation of docs/WRITING.md, as the records that bring it about. */
export const situations: Readonly<Record<string, Situation>> = {
  'new: no row has its key': (target) => recordsOf({ ...absent(target), ...named }),
  'existing: a row has its key': (target) => recordsOf({ ...existing(target), ...named }),
  'deleted: the row is in the recycle bin': async (target) =>
    recordsOf({ ...(await binned(target)), ...named }),
  'missing: the record has no key': () => recordsOf(named),
  'duplicate: two records, one new key': (target) => {
    const row = { ...absent(target), ...named };
    return recordsOf({ ...row, Title: 'Dr' }, { ...row, Phone: '1' });
  },
  'duplicate: two records, one row': (target) => {
    const row = { ...existing(target), ...named };
    return recordsOf({ ...row, Title: 'Dr' }, { ...row, Phone: '1' });
  },
  'locked: at the first attempt': (target) => {
    target.org.fault({ rowError: 'UNABLE_TO_LOCK_ROW' });
    const { operation } = target;
    const row = operation === 'insert' ? absent(target) : existing(target);
    return recordsOf({ ...row, ...named });
  },
  'locked: always': (target) => {
    target.org.fault({ rowError: 'UNABLE_TO_LOCK_ROW', times: null });
    const row = target.operation === 'insert' ? absent(target) : existing(target);
    return recordsOf({ ...row, ...named });
  },
  'invalid: one of two has a wrong value': (target) => {
    const row = target.operation === 'insert' ? absent(target) : existing(target);
    const other = target.operation === 'insert' ? { ExternalId__c: 'Y' } : existing(target, 'B');
    return recordsOf({ ...row, ...named, Email: 'nobody' }, { ...other, ...named });
  },
  'invalid: the first of two of one row': (target) => {
    const row = target.operation === 'insert' ? absent(target) : existing(target);
    return recordsOf({ ...row, ...named, Email: 'nobody' }, { ...row, ...named, Phone: '1' });
  },
  'a field that there is not': (target) => {
    const row = target.operation === 'insert' ? absent(target) : existing(target);
    return recordsOf({ ...row, ...named, Nope__c: 1 });
  },
  'a tombstone with the id as its key': ({ make }) => recordsOf({ tombstone: make('A') }),
  'a tombstone with another key': () => recordsOf({ tombstone: 'customer-17' }),
};

type Row = Readonly<Record<string, FieldValue>>;

const told = (count: number, word: string): string[] =>
  count === 0 ? [] : [count === 1 ? word : `${count} ${word}`];

const gone = { delete: 'deleted', hardDelete: 'deleted for good' } as const;

/** What happened to the rows, in the words of docs/WRITING.md. */
function changesOf(before: readonly Row[], after: readonly Row[], operation: Operation): string[] {
  const known = new Map(before.map((row) => [row['Id'], row] as const));
  const ids = new Set(after.map((row) => row['Id']));
  const created = after.filter((row) => !known.has(row['Id'] ?? null));
  const changed = after.filter((row) => {
    const old = known.get(row['Id'] ?? null);
    return old !== undefined && JSON.stringify(old) !== JSON.stringify(row);
  });
  const deleted = before.filter((row) => !ids.has(row['Id'] ?? null));
  return [
    ...told(created.length, 'created'),
    ...told(changed.length, 'changed'),
    ...told(deleted.length, operation === 'hardDelete' ? gone.hardDelete : gone.delete),
  ];
}

function errantText(errant: readonly string[]): string[] {
  const byCode = Map.groupBy(errant, (one) => one.replace(/^\S+ /, ''));
  return [...byCode].flatMap(([code, those]) => told(those.length, `errant: \`${code}\``));
}

/** What came of records that changed no row and are not errant, by the job that they were in. */
function silentEnd(org: Emulator, operation: Operation): string {
  const refused = Number(org.jobs().at(-1)?.['numberRecordsFailed'] ?? 0);
  if (refused > 0) return 'nothing left to do';
  // Nobody sees a row in the recycle bin.
  return operation === 'hardDelete' ? gone.hardDelete : 'written';
}

/** Brings a situation about in a new org, and says what came of it. */
export async function outcomeOf(
  org: Emulator,
  name: string,
  operation: Operation,
): Promise<string> {
  org.reset();
  const make = (key: string) => org.seed('Contact', { LastName: 'Old', ExternalId__c: key });
  const records = (await situations[name]?.({ operation, org, make })) ?? [];
  const before = org.records('Contact');
  const jobsBefore = org.jobs().length;
  const { error, errant } = await writerTo(org, operations[operation]).write(records);
  const changes = changesOf(before, org.records('Contact'), operation);
  const jobs = org.jobs().length - jobsBefore;
  const silent = changes.length === 0 && errant.length === 0 && error === null;
  const parts = [
    ...changes,
    ...(silent ? [silentEnd(org, operation)] : []),
    ...errantText(errant),
    ...(error === null ? [] : [error]),
    ...(jobs > 1 ? [`${jobs} jobs`] : []),
  ];
  return parts.join(', ');
}
