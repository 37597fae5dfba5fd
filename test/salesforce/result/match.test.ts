import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withSuffix } from '../../../local/salesforce/org/salesforce-id.ts';
import { javaDouble } from '../../../local/salesforce/row/number-cell.ts';
import { match, type Table } from '../../../src/salesforce/result/match.ts';

const all = (table: Table): Set<number> => new Set(table.rows.keys());

/** Matches all rows of a job; `key` as in the settings. */
const matchAll = (ours: Table, theirs: Table, key: string | null = null) =>
  match({ ours, theirs, free: all(ours), key, complete: true });

const table = (header: string, ...rows: readonly string[]): Table => ({
  header: header.split(','),
  rows: rows.map((row) => row.split(',')),
});

describe('their rows are found among ours', () => {
  it('in another order', () => {
    const ours = table('Email,LastName', 'a@x,Ann', 'b@x,Bob', 'c@x,Cid');
    expect(matchAll(ours, table('Email,LastName', 'c@x,Cid', 'a@x,Ann'))).toEqual([2, 0]);
  });

  it('with the columns in another order and their names in another case', () => {
    const ours = table('Email,LastName', 'a@x,Ann', 'Ann,a@x');
    expect(matchAll(ours, table('lastname,EMAIL', 'a@x,Ann', 'Ann,a@x'))).toEqual([1, 0]);
  });

  it('with fewer columns', () => {
    const ours = table('Email,LastName,Phone', 'a@x,Ann,1', 'b@x,Bob,2');
    expect(matchAll(ours, table('LastName', 'Bob', 'Ann'))).toEqual([1, 0]);
  });

  it('with a column that only rows which are not at hand have filled', () => {
    const ours = table('LastName', 'Ann', 'Bob');
    const theirs = table('LastName,Phone', 'Bob,', 'Ann,5', 'Ann,');
    expect(matchAll(ours, theirs)).toEqual([1, null, 0]);
  });

  it('once for each of several equal rows, and no more', () => {
    const ours = table('LastName', 'Ann', 'Bob', 'Ann');
    expect(matchAll(ours, table('LastName', 'Ann', 'Ann', 'Ann'))).toEqual([0, 2, null]);
  });

  it('only where they are free', () => {
    const ours = table('LastName', 'Ann', 'Bob', 'Ann');
    const theirs = table('LastName', 'Ann', 'Bob');
    expect(match({ ours, theirs, free: new Set([2]), key: null, complete: true })).toEqual([
      2,
      null,
    ]);
  });

  it('not when any cell is another', () => {
    const ours = table('Email,LastName', 'a@x,Ann');
    expect(matchAll(ours, table('Email,LastName', 'a@x,Bob'))).toEqual([null]);
  });

  it('not by columns that we do not have', () => {
    const ours = table('LastName', 'Ann');
    expect(matchAll(ours, table('Other', ''))).toEqual([null]);
    expect(matchAll(ours, { header: [], rows: [[]] })).toEqual([null]);
  });
});

describe('a number that comes back in another form', () => {
  it.each([
    ['912260031', '9.12260031E8'],
    ['250', '250.0'],
    ['-250', '-250.0'],
    ['0', '0.0'],
    ['-0', '0.0'],
    ['1000', '1E3'],
    ['0.0000001', '1.0E-7'],
    ['.5', '0.5'],
    ['+5', '5.0'],
    ['5.', '5.0'],
    ['12345678.90', '1.23456789E7'],
    ['9007199254740993', '9.007199254740992E15'],
    ['123456789012345678', '1.2345678901234568E17'],
    [`1${'0'.repeat(300)}`, '1.0E300'],
    [`0.${'0'.repeat(299)}1`, '1.0E-300'],
    ['true', 'TRUE'],
    ['Ann@Example.com', 'ann@example.com'],
    [' spaced ', 'spaced'],
  ])('%s and %s are one', (sent, given) => {
    expect(matchAll(table('Size', sent), table('Size', given))).toEqual([0]);
  });

  it.each([
    ['250', '251'],
    ['250', '-250'],
    ['250', '2500'],
    ['0.1', '0.10000000000000002'],
    ['1-2', '1'],
    ['1.2.3', '1.2'],
    ['0x10', '16'],
    ['', '0'],
    ['1e', '1'],
  ])('%s and %s are two', (sent, given) => {
    expect(matchAll(table('Size', sent), table('Size', given))).toEqual([null]);
  });

  it('says nothing of a text beside it, such as 007', () => {
    const ours = table('Size,Code', '250,7', '250,007', '250,7.0', '1000,7', '1000,007');
    const theirs = table('Size,Code', '250.0,007', '1000.0,007', '250.0,7.0', '250.0,7');
    expect(matchAll(ours, theirs)).toEqual([1, 4, 2, 0]);
  });

  it('says nothing of a text, when other rows of the job are not at hand', () => {
    const ours = table('Size,Code', '250,7', '250,Ann');
    const theirs = table('Size,Code', '250.0,007', '9.0,0', '250.0,ann', '250.0,7');
    const input = { ours, theirs, free: all(ours), key: null };
    expect(match({ ...input, complete: false })).toEqual([null, null, null, 0]);
  });

  it('is found too where another row was sent in that form', () => {
    const ours = table('Size,Code', '250,a', '250.0,b');
    expect(matchAll(ours, table('Size,Code', '250.0,a', '250.0,b'))).toEqual([0, 1]);
  });

  it('takes no time when it is a very long text that only begins as one', () => {
    const text = `${'1'.repeat(131_000)}x`;
    expect(matchAll(table('A', text), table('A', `${text}y`))).toEqual([null]);
  });
});

describe('a key', () => {
  const ours = table('Id__c,Size', 'k-1,1', 'k-2,1', 'k-3,1');

  it('alone tells the rows apart, whatever became of the other cells', () => {
    const theirs = table('Size,Id__c', 'x,k-3', '1,k-1');
    expect(matchAll(ours, theirs, 'Id__c')).toEqual([2, 0]);
  });

  it('is found whatever the case of its name', () => {
    expect(matchAll(ours, table('ID__C,Size', 'k-2,9'), 'id__c')).toEqual([1]);
  });

  it('that is a number may come back in another form', () => {
    const numbered = table('Id__c', '912260031', '250');
    expect(matchAll(numbered, table('Id__c', '250.0', '9.12260031E8'), 'Id__c')).toEqual([1, 0]);
  });

  it('that is an id is the same in 15 and 18 characters, and another in other capitals', () => {
    const ids = table('Id,Title', '003Em0000000abC,x', '003Em0000000abc,y');
    const long = table('Id,Title', `${withSuffix('003Em0000000abC')},x`);
    expect(matchAll(ids, long, 'Id')).toEqual([0]);
  });

  it('that the file leaves out leaves the other columns to tell', () => {
    const named = table('Id__c,LastName', 'k-1,Ann', 'k-2,Bob');
    expect(matchAll(named, table('LastName', 'Bob'), 'Id__c')).toEqual([1]);
  });
});

/** Texts that a careless comparison takes for one another. */
const text = fc.oneof(
  fc.constantFrom('7', '007', '7.0', '7.00', '1e3', '1000', 'Ann', 'ann', ' ann', '', 'x,"y"\nz'),
  fc.string(),
);
const size = fc.oneof(
  fc.constantFrom('250', '250.0', '912260031', '9007199254740993', '9007199254740992', '0.10', ''),
  fc.bigInt(-(10n ** 18n), 10n ** 18n).map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
);
const rows = fc.array(fc.tuple(text, size, text), { maxLength: 40 });

/** A row as Salesforce gives it back: its number as a double, its columns in another order. */
const givenBack = ([one, number, other]: readonly [string, string, string]) => [
  other,
  number === '' ? '' : javaDouble(Number(number)),
  one,
];

it('finds for any rows, shuffled and reformatted, one that nobody could tell from the right one', () => {
  const shuffled = rows.chain((sent) =>
    fc.record({
      sent: fc.constant(sent),
      order: fc.shuffledSubarray([...sent.keys()], { minLength: 0, maxLength: sent.length }),
    }),
  );
  fc.assert(
    fc.property(shuffled, ({ sent, order }) => {
      const ours = { header: ['One', 'Size', 'Other'], rows: sent };
      const theirs = { header: ['Other', 'Size', 'One'], rows: [] as string[][] };
      for (const row of order) theirs.rows.push(givenBack(sent[row]!));
      const found = matchAll(ours, theirs);
      const given = found.map((place) => givenBack(sent[place ?? -1]!));
      expect(given).toEqual(theirs.rows);
      expect(new Set(found).size).toBe(order.length);
    }),
    { numRuns: 500 },
  );
});

it('takes 20,000 rows, all alike or all different, in their stride', () => {
  const count = 20_000;
  const different = (n: number) => [`Name ${n}`, String(n)];
  const given = (n: number) => [`Name ${n}`, `${n}.0`];
  const header = ['LastName', 'Size'];
  const numbers = Array.from({ length: count }, (_, n) => n);
  const ours = { header, rows: numbers.map(different) };
  expect(matchAll(ours, { header, rows: numbers.toReversed().map(given) })).toEqual(
    numbers.toReversed(),
  );
  const alike = { header, rows: numbers.map(() => ['Ann', '1']) };
  expect(matchAll(alike, alike)).toEqual(numbers);
  expect(matchAll(alike, ours)).toEqual(numbers.map(() => null));
});
