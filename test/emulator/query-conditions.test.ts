import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { useEmulator } from '../support/emulator.ts';
import { API, connect } from './client.ts';

const emulator = await useEmulator({ choices: { 'query-order': 'oldest-first' } });
const client = await connect(emulator);

beforeEach(() => emulator.reset());

type Values = Record<string, string | number | boolean>;

const seed = (values: Values) => emulator.seed('Contact', { LastName: 'Ada', ...values });

async function find(where: string): Promise<string[]> {
  const q = `SELECT Id FROM Contact WHERE ${where}`;
  const { status, text } = await client.call('GET', `${API}/query?${new URLSearchParams({ q })}`);
  if (status !== 200) throw new Error(`${status} ${text}`);
  return JSON.parse(text).records.map(({ Id }: { Id: string }) => Id);
}

const quoted = (text: string) => `'${text.replace(/[\\']/g, '\\$&')}'`;

test('text is compared without case, unless its field distinguishes it', async () => {
  const ada = seed({ LastName: 'Äda' });
  expect(await find("LastName = 'äDA'")).toEqual([ada]);
  const user = emulator.seed('User', {
    Username: 'a@b.c',
    LastName: 'B',
    Email: 'a@b.c',
    Alias: 'b',
    TimeZoneSidKey: 'GMT',
    LocaleSidKey: 'en_US',
    EmailEncodingKey: 'UTF-8',
    LanguageLocaleKey: 'en_US',
    ProfileId: '00e000000000001AAA',
    FederationIdentifier: 'Key',
  });
  const users = async (key: string) => {
    const q = `SELECT Id FROM User WHERE FederationIdentifier = '${key}'`;
    const { text } = await client.call('GET', `${API}/query?${new URLSearchParams({ q })}`);
    return JSON.parse(text).records.map(({ Id }: { Id: string }) => Id);
  };
  expect([await users('Key'), await users('key')]).toEqual([[user], []]);
});

test('ids are equal in 15 and in 18 characters, also in lookups', async () => {
  const boss = seed({});
  const ada = seed({ ReportsToId: boss });
  expect(await find(`Id = '${boss.slice(0, 15)}'`)).toEqual([boss]);
  expect(await find(`ReportsToId IN ('${boss.slice(0, 15)}', '${ada}')`)).toEqual([ada]);
});

test('numbers, dates, times and checkboxes are compared by value', async () => {
  const row = seed({
    Score__c: 10.5,
    Active__c: true,
    Birthdate: '1815-12-10',
    LastSeen__c: '2024-01-02T03:04:05.000+0000',
    PreferredTime__c: '08:30:00.000Z',
  });
  const met = [
    'Score__c = 10.50',
    'Score__c > 9',
    'Score__c <= +10.5',
    'Active__c = TRUE',
    'IsEmailBounced = false',
    'Birthdate < 1815-12-11',
    'LastSeen__c = 2024-01-02T05:04:05+02:00',
    'LastSeen__c >= 2024-01-02T03:04:05.000Z',
    'PreferredTime__c > 08:00:00Z',
  ];
  for (const condition of met)
    expect([condition, await find(condition)]).toEqual([condition, [row]]);
  const unmet = ['Score__c < 10', 'Active__c != true', 'LastSeen__c > 2024-01-02T03:04:05Z'];
  for (const condition of unmet)
    expect([condition, await find(condition)]).toEqual([condition, []]);
});

test('an empty text is null; only = and != find it', async () => {
  const [empty, full] = [seed({}), seed({ Title: 'Dr' })];
  expect(await find('Title = null')).toEqual([empty]);
  expect(await find("Title = ''")).toEqual([empty]);
  expect(await find('Title <> null')).toEqual([full]);
  expect(await find("Title != 'Mr'")).toEqual([empty, full]);
  expect(await find("Title < 'Z'")).toEqual([full]);
  const strict = await useEmulator({ choices: { 'query-empty-values': 'not-found' } });
  strict.seed('Contact', { LastName: 'Ada' });
  const q = new URLSearchParams({ q: "SELECT Id FROM Contact WHERE Title NOT IN ('Mr')" });
  const { text } = await (await connect(strict)).call('GET', `${API}/query?${q}`);
  expect(JSON.parse(text).totalSize).toBe(0);
});

test('LIKE knows % and _, and their escapes', async () => {
  const [plain, percent, under] = ['Terra', 'Ter%ra', 'Ter_ra'].map((LastName) =>
    seed({ LastName }),
  );
  expect(await find("LastName LIKE 'ter%'")).toEqual([plain, percent, under]);
  expect(await find("LastName LIKE 'Ter_ra'")).toEqual([percent, under]);
  expect(await find("LastName LIKE 'Ter\\%%'")).toEqual([percent]);
  expect(await find("LastName LIKE 'Ter\\_ra'")).toEqual([under]);
  expect(await find("(NOT LastName LIKE '%\\%%') AND LastName LIKE 'T.%'")).toEqual([]);
});

test('every escape of a text is read', async () => {
  const row = seed({ LastName: '"\'\\\n\r\t\b\fé' });
  expect(await find(String.raw`LastName = '\"\'\\\n\R\t\b\f\u00e9'`)).toEqual([row]);
});

test('fields of parents can be compared', async () => {
  const account = emulator.seed('Account', { Name: 'Acme' });
  const [with_, without] = [seed({ AccountId: account }), seed({})];
  expect(await find("Account.Name = 'ACME'")).toEqual([with_]);
  expect(await find('Account.Name = null')).toEqual([without]);
  expect(await find("Contact.LastName = 'Ada' AND Account.Owner.Id != null")).toEqual([with_]);
});

describe('rules that hold for any records', () => {
  test('a text is found by itself, whatever it contains', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
        fc.constantFrom("'", '\\', '"', '%', '_', 'ß', '日本', '😀', '\\n', "\\'"),
        async (text, special) => {
          emulator.reset();
          const LastName = `${text}${special}`.slice(0, 80);
          const row = seed({ LastName });
          seed({ LastName: 'another' });
          expect(await find(`LastName = ${quoted(LastName)}`)).toEqual([row]);
          expect(await find(`LastName IN ('x', ${quoted(LastName)})`)).toEqual([row]);
          const literal = quoted(LastName).replace(/[%_]/g, '\\$&');
          expect(await find(`LastName LIKE ${literal}`)).toEqual([row]);
        },
      ),
      { numRuns: 50 },
    );
  });

  interface Row {
    readonly Title: string | null;
    readonly Visits__c: number | null;
  }
  interface Condition {
    readonly soql: string;
    readonly holds: (row: Row) => boolean;
  }

  const row = fc.record({
    Title: fc.constantFrom('a', 'B', 'b', "it's", null),
    Visits__c: fc.constantFrom(-1, 0, 1, 20, null),
  });

  const orders = {
    '<': (a: number, b: number) => a < b,
    '<=': (a: number, b: number) => a <= b,
    '>': (a: number, b: number) => a > b,
    '>=': (a: number, b: number) => a >= b,
    '=': (a: number, b: number) => a === b,
  };
  const number = fc
    .tuple(
      fc.constantFrom(...(Object.keys(orders) as (keyof typeof orders)[])),
      fc.integer({ min: -2, max: 21 }),
    )
    .map(
      ([operator, bound]): Condition => ({
        soql: `Visits__c ${operator} ${bound}`,
        holds: ({ Visits__c }) => Visits__c !== null && orders[operator](Visits__c, bound),
      }),
    );
  const text = fc
    .tuple(
      fc.constantFrom('IN', 'NOT IN'),
      fc.uniqueArray(fc.constantFrom('A', 'b', "it's", 'z'), { minLength: 1 }),
    )
    .map(
      ([operator, list]): Condition => ({
        soql: `Title ${operator} (${list.map(quoted).join(',')})`,
        holds: ({ Title }) => {
          const among = list.some((one) => one.toLowerCase() === Title?.toLowerCase());
          return operator === 'IN' ? among : !among;
        },
      }),
    );
  const condition = fc.letrec<{ any: Condition }>((tie) => ({
    any: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      number,
      text,
      fc
        .tuple(fc.constantFrom('AND', 'OR'), fc.array(tie('any'), { minLength: 2, maxLength: 3 }))
        .map(([operator, parts]) => ({
          soql: `(${parts.map(({ soql }) => soql).join(` ${operator} `)})`,
          holds: (one: Row) =>
            operator === 'AND'
              ? parts.every(({ holds }) => holds(one))
              : parts.some(({ holds }) => holds(one)),
        })),
      tie('any').map(({ soql, holds }) => ({
        soql: `(NOT (${soql}))`,
        holds: (one: Row) => !holds(one),
      })),
    ),
  })).any;

  test('a query finds the records that a plain filter finds', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { maxLength: 12 }),
        condition,
        async (rows, { soql, holds }) => {
          emulator.reset();
          const ids = rows.map((values) =>
            seed(
              Object.fromEntries(
                Object.entries(values).filter(([, value]) => value !== null),
              ) as Values,
            ),
          );
          const expected = ids.filter((_, index) => holds(rows[index] as Row));
          expect(await find(soql)).toEqual(expected);
        },
      ),
      { numRuns: 200 },
    );
  });
});
