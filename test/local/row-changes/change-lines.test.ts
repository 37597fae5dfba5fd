import type { StoredRecord } from 'salesforce-bulk-emulator';
import { expect, test } from 'vitest';
import {
  changeCounts,
  changedFields,
  changeLines,
  rowsTable,
} from '../../../local/row-changes/change-lines.ts';
import { rowChanges } from '../../../local/row-changes/row-changes.ts';
import type { Shown } from '../../../local/terminal/display.ts';

/** A row as the emulated org stores it. */
const row = (id: number, fields: StoredRecord): StoredRecord => ({
  ...{ Id: `003${id}`, OwnerId: '005', Active__c: false, Key__c: `K-${id}` },
  ...{ SystemModstamp: String(Math.random()), IsDeleted: false },
  ...fields,
});

const texts = (shown: readonly Shown[]) => shown.map(({ text }) => text);
const linesOf = (before: readonly StoredRecord[], after: readonly StoredRecord[]) =>
  texts(changeLines(rowChanges(before, after), 'Key__c'));

const ada = row(1, { LastName: 'Ada' });
const ben = row(2, { LastName: 'Ben', Email: 'ben@example.com' });

test('a row that is new has the fields with a value, without what every row has', () => {
  expect(linesOf([], [ada, ben])).toEqual([
    '    created  Key__c K-1  LastName Ada',
    '    created  Key__c K-2  LastName Ben, Email ben@example.com',
  ]);
});

test('a row that changes has its fields before and after', () => {
  const changed = { ...ben, LastName: 'Bo', Email: null, Active__c: true };
  expect(linesOf([ada, ben], [ada, changed])).toEqual([
    '    updated  Key__c K-2  Active__c false → true, LastName Ben → Bo, Email ben@example.com → null',
  ]);
  expect(linesOf([ada], [{ ...ada, Phone: '1', OwnerId: '006' }])).toEqual([
    '    updated  Key__c K-1  OwnerId 005 → 006, Phone null → 1',
  ]);
});

test('a row that goes has the fields that it had', () => {
  expect(linesOf([ada, ben], [ada])).toEqual([
    '    deleted  Key__c K-2  LastName Ben, Email ben@example.com',
  ]);
});

test('a row that is written without a change is none', () => {
  expect(rowChanges([ada], [{ ...ada, SystemModstamp: 'later' }])).toEqual([]);
});

test('of many rows ten are shown, of many fields four, of a long text its beginning', () => {
  const many = Array.from({ length: 12 }, (_, index) => row(index, { LastName: 'A' }));
  expect(linesOf([], many).slice(-2)).toEqual([
    '    created  Key__c K-9  LastName A',
    '    and 2 more',
  ]);
  const wide = row(1, { A: 1, B: 2, C: 3, D: 4, E: 5, F: 6 });
  expect(linesOf([], [wide])[0]).toMatch(/A 1, B 2, C 3, D 4 and 2 fields more$/);
  const long = row(1, { A: `one\n${'x'.repeat(50)}` });
  expect(linesOf([], [long])[0]).toMatch(/ {2}A one x{35}…$/);
  const faces = row(1, { A: '😀'.repeat(30) });
  expect(linesOf([], [faces])[0]).toMatch(/ {2}A (😀){19}…$/u);
});

test('the rows at the end have the key and what has changed, and are counted', () => {
  const after = { ...ben, Email: null };
  const changes = [...rowChanges([], [ada, ben]), ...rowChanges([ada, ben], [after])];
  expect(changeCounts(changes)).toBe('2 rows created, 1 updated, 1 deleted');
  expect(texts(rowsTable([after], changedFields(changes, 'Key__c')))).toEqual([
    ...['  Key__c  LastName  Email', '  ──────  ────────  ─────', '  K-2     Ben'],
  ]);
  expect(rowsTable([], ['Key__c'])).toEqual([]);
});
