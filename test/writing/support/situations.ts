import type { Emulator, FieldValue } from 'salesforce-bulk-emulator';
import type { EventRecord } from '../../../src/kafka/event.ts';
import { eventRecord } from '../../support/event.ts';
import { type Operation, operations, writerTo } from './write.ts';

/** The operation of a situation, and the org to run it in. */
interface Target {
  readonly operation: Operation;
  readonly org: Emulator;
  /** Creates a contact with this external id and returns its id. */
  readonly create: (key: string) => string;
}

/** Records with these values; null is a tombstone, whose key is the text. */
const recordsOf = (...values: readonly (object | { readonly tombstone: string })[]) =>
  values.map((value, offset): EventRecord => {
    if (!('tombstone' in value)) return eventRecord({ offset, value });
    return eventRecord({ offset, key: Buffer.from(value.tombstone).toString('base64') });
  });

/** The key of an existing row: its id or external id. */
function existing({ operation, create }: Target, key = 'A'): object {
  const Id = create(key);
  return operation === 'insert' || operation === 'upsert' ? { ExternalId__c: key } : { Id };
}

/** A valid id that no contact has. */
const unknownId = '003Em0zzzzzzzzz';

function absent({ operation }: Target): object {
  return operation === 'insert' || operation === 'upsert'
    ? { ExternalId__c: 'Z' }
    : { Id: unknownId };
}

const named = { LastName: 'Ada' };

/** The key of a row in the recycle bin. */
async function deleted(target: Target): Promise<object> {
  const Id = target.create('A');
  const writer = writerTo(target.org, operations.delete);
  await writer.write([eventRecord({ value: { Id } })]);
  const byId = target.operation !== 'insert' && target.operation !== 'upsert';
  return byId ? { Id } : { ExternalId__c: 'A' };
}

type Situation = (target: Target) => Promise<readonly EventRecord[]> | readonly EventRecord[];

/** The records that cause each situation of docs/WRITING.md. */
export const situations: Readonly<Record<string, Situation>> = {
  'new: no row has its key': (target) => recordsOf({ ...absent(target), ...named }),
  'existing: a row has its key': (target) => recordsOf({ ...existing(target), ...named }),
  'deleted: the row is in the recycle bin': async (target) =>
    recordsOf({ ...(await deleted(target)), ...named }),
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
  'a field that does not exist': (target) => {
    const row = target.operation === 'insert' ? absent(target) : existing(target);
    return recordsOf({ ...row, ...named, Nope__c: 1 });
  },
  'a tombstone with the id as its key': ({ create }) => recordsOf({ tombstone: create('A') }),
  'a tombstone with another key': () => recordsOf({ tombstone: 'customer-17' }),
};

type Row = Readonly<Record<string, FieldValue>>;

const counted = (count: number, word: string): string[] =>
  count === 0 ? [] : [count === 1 ? word : `${count} ${word}`];

const deletedText = { delete: 'deleted', hardDelete: 'deleted permanently' } as const;

/** Describes the changes to rows in the words of docs/WRITING.md. */
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
    ...counted(created.length, 'created'),
    ...counted(changed.length, 'changed'),
    ...counted(
      deleted.length,
      operation === 'hardDelete' ? deletedText.hardDelete : deletedText.delete,
    ),
  ];
}

function errantText(errant: readonly string[]): string[] {
  const byCode = Map.groupBy(errant, (one) => one.replace(/^\S+ /, ''));
  return [...byCode].flatMap(([code, those]) => counted(those.length, `errant: \`${code}\``));
}

/** Describes the outcome of records that changed no row and are not errant, by their job. */
function unchangedText(org: Emulator, operation: Operation): string {
  const refused = Number(org.jobs().at(-1)?.['numberRecordsFailed'] ?? 0);
  if (refused > 0) return 'nothing left to do';
  // A row in the recycle bin is not visible.
  return operation === 'hardDelete' ? deletedText.hardDelete : 'written';
}

/** Runs a situation in an empty org and describes its outcome. */
export async function outcomeOf(
  org: Emulator,
  name: string,
  operation: Operation,
): Promise<string> {
  org.reset();
  const create = (key: string) => org.seed('Contact', { LastName: 'Old', ExternalId__c: key });
  const records = (await situations[name]?.({ operation, org, create })) ?? [];
  const before = org.records('Contact');
  const jobsBefore = org.jobs().length;
  const { error, errant } = await writerTo(org, operations[operation]).write(records);
  const changes = changesOf(before, org.records('Contact'), operation);
  const jobs = org.jobs().length - jobsBefore;
  const isUnchanged = changes.length === 0 && errant.length === 0 && error === null;
  const parts = [
    ...changes,
    ...(isUnchanged ? [unchangedText(org, operation)] : []),
    ...errantText(errant),
    ...(error === null ? [] : [error]),
    ...(jobs > 1 ? [`${jobs} jobs`] : []),
  ];
  return parts.join(', ');
}
