import { withSuffix } from 'salesforce-bulk-emulator';
import { describe, expect, it } from 'vitest';
import { Assignment } from '../../../src/salesforce/result/assignment.ts';
import type { SentRows } from '../../../src/salesforce/result/row-result.ts';
import { fileOf, sentOf, type Table, type Telling, table } from './given/results.ts';

/** For each row of a file of failed rows, which of ours it is; null: none. */
function found(ours: Table, theirs: Table, telling: Telling = {}): (number | null)[] {
  const sent: SentRows = sentOf(ours, telling);
  const file = fileOf(theirs);
  const places = new Map(file.rows.map((row, place) => [row, place] as const));
  const resultOf = (row: (typeof file.rows)[number]) => ({
    kind: 'failed' as const,
    error: { code: String(places.get(row)), message: '', redactedMessage: '' },
  });
  const assignment = new Assignment(sent, [{ file, resultOf }]);
  for (const level of ['exact', 'value', 'loose'] as const) assignment.match(level);
  const rows = assignment.results.map((one) => (one?.kind === 'failed' ? one.error.code : null));
  return theirs.rows.map((_row, place) => {
    const row = rows.indexOf(String(place));
    return row === -1 ? null : row;
  });
}

describe('their rows are found among ours', () => {
  it('in another order', () => {
    const ours = table('Email,LastName', 'a@x,Ann', 'b@x,Bob', 'c@x,Cid');
    expect(found(ours, table('Email,LastName', 'c@x,Cid', 'a@x,Ann'))).toEqual([2, 0]);
  });

  it('with the columns in another order and their names in another case', () => {
    const ours = table('Email,LastName', 'a@x,Ann', 'Ann,a@x');
    expect(found(ours, table('lastname,EMAIL', 'a@x,Ann', 'Ann,a@x'))).toEqual([1, 0]);
  });

  it('with fewer columns', () => {
    const ours = table('Email,LastName,Phone', 'a@x,Ann,1', 'b@x,Bob,2');
    expect(found(ours, table('LastName', 'Bob', 'Ann'))).toEqual([1, 0]);
  });

  it('with a column that only rows which are not available have filled', () => {
    const ours = table('LastName', 'Ann', 'Bob');
    const theirs = table('LastName,Phone', 'Bob,', 'Ann,5', 'Ann,');
    expect(found(ours, theirs)).toEqual([1, null, 0]);
  });

  it('once for each of several equal rows, and no more', () => {
    const ours = table('LastName', 'Ann', 'Bob', 'Ann');
    expect(found(ours, table('LastName', 'Ann', 'Ann', 'Ann'))).toEqual([0, 2, null]);
  });

  it('not when any cell is another', () => {
    const ours = table('Email,LastName', 'a@x,Ann');
    expect(found(ours, table('Email,LastName', 'a@x,Bob'))).toEqual([null]);
  });

  it('not by columns that we do not have', () => {
    const ours = table('LastName', 'Ann');
    expect(found(ours, table('Other', ''))).toEqual([null]);
    expect(found(ours, { header: [], rows: [[]] })).toEqual([null]);
  });

  it('by the number in one column and the text in another, such as 007', () => {
    const comparisons = { Size: 'number', Code: 'text' } as const;
    const ours = table('Size,Code', '250,7', '250,007', '250,7.0', '1000,7', '1000,007');
    const theirs = table('Size,Code', '250.0,007', '1000.0,007', '250.0,7.0', '250.0,7');
    expect(found(ours, theirs, { comparisons })).toEqual([1, 4, 2, 0]);
  });

  it('by a number that was sent in several forms', () => {
    const ours = table('Size,Code', '250,a', '250.0,b');
    expect(found(ours, table('Size,Code', '250.0,a', '250.0,b'))).toEqual([0, 1]);
  });
});

describe('a key', () => {
  const key = (name: string, comparison: 'text' | 'number' | 'id' = 'text') => ({
    key: { name, comparison },
  });
  const ours = table('Id__c,Size', 'k-1,1', 'k-2,1', 'k-3,1');

  it('alone tells the rows apart, whatever became of the other cells', () => {
    const theirs = table('Size,Id__c', 'x,k-3', '1,k-1');
    expect(found(ours, theirs, key('Id__c'))).toEqual([2, 0]);
  });

  it('is found whatever the case of its name, and in other capitals', () => {
    expect(found(ours, table('ID__C,Size', 'K-2,9'), key('id__c'))).toEqual([1]);
  });

  it('that is a number may come back in another form', () => {
    const numbered = table('Id__c', '912260031', '250');
    const theirs = table('Id__c', '250.0', '9.12260031E8');
    expect(found(numbered, theirs, key('Id__c', 'number'))).toEqual([1, 0]);
  });

  it('that is an id is the same in 15 and 18 characters, and another in other capitals', () => {
    const ids = table('Id,Title', '003Em0000000abC,x', '003Em0000000abc,y');
    const long = table('Id,Title', `${withSuffix('003Em0000000abC')},x`);
    expect(found(ids, long, key('Id', 'id'))).toEqual([0]);
  });

  it('that the file leaves out leaves the other columns to tell', () => {
    const named = table('Id__c,LastName', 'k-1,Ann', 'k-2,Bob');
    expect(found(named, table('LastName', 'Bob'), key('Id__c'))).toEqual([1]);
  });
});

it('20,000 rows, all alike or all different, take no time to speak of', () => {
  const numbers = Array.from({ length: 20_000 }, (_, n) => n);
  const header = ['LastName', 'Size'];
  const ours = { header, rows: numbers.map((n) => [`Name ${n}`, String(n)]) };
  const given = numbers.toReversed().map((n) => [`Name ${n}`, `${n}.0`]);
  const sent = sentOf(ours);
  const written = { kind: 'written' as const };
  const assigned = (file: ReturnType<typeof fileOf>, rows: SentRows) => {
    const assignment = new Assignment(rows, [{ file, resultOf: () => written }]);
    assignment.match('exact');
    assignment.match('value');
    return [assignment.free.length, assignment.left.length];
  };
  expect(assigned(fileOf({ header, rows: given }), sent)).toEqual([0, 0]);
  const alike = { header, rows: numbers.map(() => ['Ann', '1']) };
  expect(assigned(fileOf(alike), sentOf(alike))).toEqual([0, 0]);
  expect(assigned(fileOf(alike), sent)).toEqual([20_000, 20_000]);
});
