import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { useEmulator } from '../support/emulator.ts';
import { eventRecord } from '../support/event.ts';
import { endsSearch } from './support/search-end.ts';
import { operations, writerTo } from './support/write.ts';

const org = await useEmulator();
org.configure({ queueMs: 0, chunkMs: 0 });

type Keyed = 'update' | 'upsert';

/** A record of a key. Undefined fields are absent. */
interface Given {
  readonly form: number;
  readonly LastName: string;
  readonly Title: string | null | undefined;
  readonly Phone: string | null | undefined;
  readonly Active__c: boolean | null | undefined;
  readonly lookup: 'A' | 'B' | 'id A' | 'id B' | 'null' | 'null id' | 'null key' | 'both' | 'none';
  readonly invalid: boolean;
}

const maybe = <T>(some: fc.Arbitrary<T>) =>
  fc.oneof(some, fc.constant(null), fc.constant(undefined));

const givenRecord: fc.Arbitrary<Given> = fc.record({
  form: fc.nat(1),
  LastName: fc.constantFrom('Ada', 'Bob'),
  Title: maybe(fc.constantFrom('Dr', 'Prof')),
  Phone: maybe(fc.constantFrom('1', '2')),
  Active__c: maybe(fc.boolean()),
  lookup: fc.oneof(
    { weight: 3, arbitrary: fc.constant('none' as const) },
    {
      weight: 6,
      arbitrary: fc.constantFrom('A', 'B', 'id A', 'id B', 'null', 'null id', 'null key'),
    },
    { weight: 1, arbitrary: fc.constant('both' as const) },
  ),
  invalid: fc.integer({ min: 0, max: 7 }).map((number) => number === 0),
});

const history = fc
  .array(givenRecord, { minLength: 1, maxLength: 6 })
  .filter((given) => !endsSearch(given.map(({ invalid }) => invalid)));

/** The records of each key, in order: `histories[key][n]`. */
const histories = fc.array(history, {
  minLength: 10,
  maxLength: 10,
});

type Ids = Readonly<Record<'A' | 'B', string>>;

function lookupOf(kind: Given['lookup'], ids: Ids): object {
  const lookups: Record<Given['lookup'], object> = {
    A: { Account: { ExternalId__c: 'A' } },
    B: { Account: { ExternalId__c: 'B' } },
    'id A': { AccountId: ids.A },
    'id B': { AccountId: ids.B },
    null: { Account: null },
    'null id': { AccountId: null },
    'null key': { Account: { ExternalId__c: null } },
    both: { Account: { ExternalId__c: 'A' }, AccountId: ids.B },
    none: {},
  };
  return lookups[kind];
}

/**
 * An org with two accounts and, for every second key of an upsert and each of an update, a contact.
 */
function seeded(operation: Keyed, keys: number) {
  org.reset();
  const ids: Ids = {
    A: org.seed('Account', { Name: 'A', ExternalId__c: 'A' }),
    B: org.seed('Account', { Name: 'B', ExternalId__c: 'B' }),
  };
  const contacts = Array.from({ length: keys }, (_, key) => {
    if (operation === 'upsert' && key % 2 === 0) return '';
    const values = { LastName: 'Old', Title: 'Old', Phone: 'Old', AccountId: ids.A };
    return org.seed('Contact', { ...values, ExternalId__c: `k${key}` });
  });
  return { ids, contacts };
}

function fieldsOf({ form, lookup, invalid, ...fields }: Given, keys: readonly string[], ids: Ids) {
  return {
    ...fields,
    ...lookupOf(lookup, ids),
    ...(invalid ? { Email: 'nobody' } : {}),
    ...Object.fromEntries([[keys[0], keys[1 + form]]]),
  };
}

/** The forms of a key: in other case, or in 15 and 18 characters. */
const formsOf = (operation: Keyed, key: number, id: string): string[] =>
  operation === 'upsert' ? ['ExternalId__c', `k${key}`, `K${key}`] : ['Id', id, id.slice(0, 15)];

/** The written fields of all contacts, with the account by its name. */
function snapshot({ A, B }: Ids) {
  const accounts = new Map<unknown, string>([
    [A, 'A'],
    [B, 'B'],
  ]);
  return org
    .records('Contact')
    .map((row) => ({
      ...{ key: String(row['ExternalId__c']), name: row['LastName'], title: row['Title'] ?? null },
      ...{ phone: row['Phone'] ?? null, active: row['Active__c'] },
      ...{ email: row['Email'] ?? null, account: accounts.get(row['AccountId']) ?? null },
    }))
    .toSorted((one, other) => (one.key.toLowerCase() < other.key.toLowerCase() ? -1 : 1));
}

/** Writes the histories: in one batch, or the first record of each key, then the second, … */
async function run(
  operation: Keyed,
  given: readonly (readonly Given[])[],
  how: { readonly NULL_VALUES: string; readonly atOnce: boolean },
) {
  const { ids, contacts } = seeded(operation, given.length);
  const longest = Math.max(...given.map(({ length }) => length));
  const waves = Array.from({ length: longest }, (_, wave) =>
    given.flatMap((history, key) => {
      const record = history[wave];
      if (record === undefined) return [];
      const keys = formsOf(operation, key, contacts[key] ?? '');
      // A key's records are in two partitions, the earlier ones in the first.
      const partition = wave < history.length / 2 ? 0 : 1;
      const value = fieldsOf(record, keys, ids);
      return [eventRecord({ partition, offset: wave * given.length + key, value })];
    }),
  );
  const batches = how.atOnce ? [waves.flat()] : waves;
  const { write } = writerTo(org, { ...operations[operation], NULL_VALUES: how.NULL_VALUES });
  const errant: string[] = [];
  for (const batch of batches) {
    const written = await write(batch);
    expect(written.error).toBeNull();
    errant.push(...written.errant);
  }
  return { rows: snapshot(ids), errant: errant.toSorted() };
}

describe.each<Keyed>(['update', 'upsert'])('records of one key, merged in one %s', (operation) => {
  it.each(['clear', 'empty'])(
    'have the result of writing them in order, with NULL_VALUES=%s',
    async (NULL_VALUES) => {
      await fc.assert(
        fc.asyncProperty(histories, async (given) => {
          const merged = await run(operation, given, { NULL_VALUES, atOnce: true });
          const inOrder = await run(operation, given, { NULL_VALUES, atOnce: false });
          expect(merged).toEqual(inOrder);
        }),
        { numRuns: 4 },
      );
    },
  );
});

it('a delete of repeated ids, in both forms, deletes each row once', async () => {
  const ids = fc.array(fc.tuple(fc.nat(4), fc.boolean()), { minLength: 1, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(ids, async (given) => {
      org.reset();
      const contacts = Array.from({ length: 5 }, () => org.seed('Contact', { LastName: 'Old' }));
      const records = given.map(([row, isShort], offset) => {
        const id = contacts[row] ?? '';
        return eventRecord({ offset, value: { Id: isShort ? id.slice(0, 15) : id } });
      });
      const { error, errant } = await writerTo(org, operations.delete).write(records);
      const left = org.records('Contact').map(({ Id }) => Id);
      const deleted = new Set(given.map(([row]) => contacts[row]));
      expect([error, errant]).toEqual([null, []]);
      expect(left).toEqual(contacts.filter((id) => !deleted.has(id)));
      expect(org.jobs()).toHaveLength(1);
    }),
    { numRuns: 5 },
  );
});
