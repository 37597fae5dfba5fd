import { withSuffix } from 'salesforce-bulk-emulator';
import { describe, expect, it } from 'vitest';
import type { Comparison } from '../../../src/csv/comparable.ts';
import { Comparer, type Level } from '../../../src/salesforce/result/comparer.ts';
import { fileOf, sentOf, sparse, table } from './given/results.ts';

/** The strictest level at which a cell and what comes back for it are one; null: they are two. */
function levelOf(sent: string, given: string, comparison: Comparison = 'unknown'): Level | null {
  const ours = sentOf(table('Size', sent), { comparisons: { Size: comparison } });
  const comparer = new Comparer(ours, fileOf(table('Size', given)));
  const isOne = (level: Level) =>
    comparer.sentText(sparse([sent]), level) === comparer.fileText(sparse([given]), level);
  return (['exact', 'value', 'loose'] as const).find(isOne) ?? null;
}

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
  ])('%s and %s are one value', (sent, given) => {
    expect(levelOf(sent, given, 'number')).toBe('value');
    expect(levelOf(sent, given)).toBe('value');
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
    expect(levelOf(sent, given, 'number')).toBeNull();
    expect(levelOf(sent, given)).toBeNull();
  });

  it('takes no time when it is a very long text that only begins as one', () => {
    const text = `${'1'.repeat(131_000)}x`;
    expect(levelOf(text, `${text}y`, 'number')).toBeNull();
  });
});

describe('a value that comes back in another form', () => {
  const id = '003Em0000000abC';
  it.each<[Comparison, string, string]>([
    ['text', ' spaced ', 'spaced'],
    ['boolean', 'true', 'TRUE'],
    ['boolean', '1', 'true'],
    ['datetime', '2026-01-02T03:04:05Z', '2026-01-02T03:04:05.000Z'],
    ['datetime', '2026-01-02T03:04:05+01:00', '2026-01-02T02:04:05.000Z'],
    ['datetime', '2026-01-02T03:04:05.1234567Z', '2026-01-02T03:04:05.123+0000'],
    ['datetime', '2026-01-02 03:04:05', '2026-01-02T03:04:05.000Z'],
    ['datetime', '03:04:05Z', '03:04:05.000Z'],
    ['id', id, withSuffix(id)],
    ['unknown', '2026-01-02T03:04:05Z', '2026-01-02T03:04:05.000+0000'],
  ])('is the same %s: %s and %s', (comparison, sent, given) => {
    expect(levelOf(sent, given, comparison)).toBe('value');
  });

  it.each<[Comparison, string, string]>([
    ['text', 'Ann@Example.com', 'ann@example.com'],
    ['text', '7', '7.0'],
    ['unknown', 'true', 'TRUE'],
    ['unknown', id, withSuffix(id)],
  ])('is loosely the same %s: %s and %s', (comparison, sent, given) => {
    expect(levelOf(sent, given, comparison)).toBe('loose');
  });

  it('is found where null was written as #N/A', () => {
    expect(levelOf('#N/A', '', 'text')).toBe('loose');
  });

  it.each<[Comparison, string, string]>([
    ['text', 'Ann', 'Bob'],
    ['datetime', '2026-01-02', '2026-01-03'],
    ['datetime', '2026-01-02T03:04:05Z', '2026-01-02T03:04:06Z'],
    ['id', id, '003Em0000000abc'],
    ['unknown', id, '003Em0000000abc'],
  ])('is another %s: %s and %s', (comparison, sent, given) => {
    expect(levelOf(sent, given, comparison)).not.toBe('exact');
    expect(levelOf(sent, given, comparison)).not.toBe('value');
  });
});

it('columns are the same in another order, with their names in another case', () => {
  const ours = sentOf(table('Email,LastName', 'a@x,Ann'));
  const comparer = new Comparer(ours, fileOf(table('lastname,EMAIL')));
  expect(comparer.sentText(sparse(['a@x', 'Ann']), 'exact')).toBe(
    comparer.fileText(sparse(['Ann', 'a@x']), 'exact'),
  );
});

it('a file that has none of the columns says nothing of rows', () => {
  const ours = sentOf(table('LastName', 'Ann'));
  expect(new Comparer(ours, fileOf(table('Other', 'Ann'))).isComparable).toBe(false);
  expect(new Comparer(ours, fileOf({ header: [], rows: [[]] })).isComparable).toBe(false);
});
