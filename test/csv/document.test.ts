import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NullValues } from '../../src/csv/cell.ts';
import { documentOf } from '../../src/csv/document.ts';
import { limits } from '../../src/csv/limits.ts';
import { Decimal, type DecodedRecord, type Fields } from '../../src/decode/decoded-record.ts';
import { SinkError } from '../../src/errors.ts';
import { buildRows } from '../../src/rows/build-rows.ts';

const rowOf = (fields: Fields, offset = 0): DecodedRecord => ({
  record: { topic: 't', partition: 0, offset, timestamp: 0, key: null, value: null, headers: [] },
  fields,
});

const write = (values: readonly Fields[], nullValues: NullValues = 'empty') => {
  const settings = { nullValues, recordIdField: null, unknownFields: 'send' as const };
  const { rows, errants, columns } = buildRows(values.map(rowOf), settings);
  return { document: rows.length === 0 ? null : documentOf(rows, columns), errants };
};

const textOf = (...values: Fields[]) => write(values).document?.text;

const codeOf = (fields: Fields) => write([fields]).errants[0]?.code;

describe('the header', () => {
  it('is the union of all fields, sorted by code unit', () => {
    const text = textOf(
      { Name: 'A', Email: 'a' },
      { ExternalId__c: 'x', Name: 'B' },
      { a: 1, Z: 2 },
    );
    expect(text).toBe('Email,ExternalId__c,Name,Z,a\na,,A,,\n,x,B,,\n,,,2,1\n');
  });

  it('does not depend on the order of the records', () => {
    const value = fc.dictionary(fc.constantFrom('A', 'B', 'Cc', 'd', 'E.F'), fc.integer(), {
      minKeys: 1,
    });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), (values) => {
        const forward = write(values).document;
        const backward = write(values.toReversed()).document;
        expect(forward?.header).toEqual(backward?.header);
        expect(forward?.header).toEqual([...new Set(values.flatMap(Object.keys))].sort());
      }),
    );
  });

  it('has one column for two spellings of a name, since names are case-insensitive', () => {
    expect(textOf({ email: 'a' }, { Email: 'b' })).toBe('Email\na\nb\n');
  });

  it('omits the fields of errant records', () => {
    const { document, errants } = write([{ A: 1 }, { B: Number.NaN, C: 1 }]);
    expect(document?.text).toBe('A\n1\n');
    expect(errants).toMatchObject([{ code: 'NUMBER_NOT_FINITE', record: { offset: 1 } }]);
  });

  it('has the records of each data row', () => {
    const { document } = write([{ A: 'x\ny' }, { A: Number.NaN }, { A: 'z' }]);
    const records = document?.rows.flatMap((row) => row.records);
    expect(records?.map(({ offset }) => offset)).toEqual([0, 2]);
  });

  it('is null when there is no row', () => {
    expect(write([{ A: Number.NaN }]).document).toBeNull();
  });

  it("fails the flush when it exceeds Salesforce's limit for all records together", () => {
    const wide = (letter: string) =>
      Object.fromEntries(
        Array.from({ length: 500 }, (_, n) => [`${letter}${'x'.repeat(40)}${n}`, 1]),
      );
    expect(() => write([wide('F'), wide('G')])).toThrow(SinkError);
    expect(() => write([wide('F'), wide('G')])).toThrow(/^HEADER_TOO_LONG/);
  });

  it('may have exactly the maximum length', () => {
    const name = (n: number) => `F${String(n).padStart(199, 'x')}`;
    const names = Array.from({ length: 158 }, (_, n) => name(n));
    const wide = (length: number) => {
      // 158 names of 200 characters, each with its comma or LF, leave 241 characters.
      const last = 'L'.repeat(length);
      return [names, [last]].map((some) => Object.fromEntries(some.map((one) => [one, 1])));
    };
    const lengthOf = (length: number) => write(wide(length)).document?.header.join(',').length;
    expect(lengthOf(241)).toBe(limits.headerCharacters - 1);
    expect(() => lengthOf(242)).toThrow(/^HEADER_TOO_LONG/);
  });

  it('makes a record errant that exceeds the limit alone', () => {
    const wide = Object.fromEntries(
      Array.from({ length: 900 }, (_, n) => [`F${'x'.repeat(40)}${n}`, 1]),
    );
    const { document, errants } = write([wide, { LastName: 'A' }]);
    expect(document?.text).toBe('LastName\nA\n');
    expect(errants).toMatchObject([{ code: 'TOO_MANY_FIELDS' }]);
  });

  it('omits a relationship that is null or an object in every record', () => {
    const values = [
      { Name: 'A', Account: { Ext__c: 'X' } },
      { Name: 'B', Account: null },
    ];
    expect(textOf(...values)).toBe('Account.Ext__c,Name\nX,A\n,B\n');
    expect(write(values, 'clear').document?.text).toBe('Account.Ext__c,Name\nX,A\n,B\n');
  });

  it('keeps a field whose name is that of a relationship too', () => {
    expect(textOf({ Parent: { Ext__c: 'X' } }, { Parent: 'p' })).toBe(
      'Parent,Parent.Ext__c\n,X\np,\n',
    );
  });

  it('takes 800 columns', () => {
    const wide = Object.fromEntries(Array.from({ length: 800 }, (_, n) => [`F${n}__c`, n]));
    expect(write([wide, { F5__c: 'x' }]).document?.header).toHaveLength(800);
  });

  it.each([
    'a,b',
    'a"b',
    'a\nb',
    '',
    ' a',
    '1a',
    'a-b',
    '__proto__',
    'ä',
    'a.b.c',
    'a b',
    '.a',
    `${'x'.repeat(99)}!`,
    'x'.repeat(256),
  ])('makes a record with a field named %j errant', (name) => {
    expect(codeOf(JSON.parse(JSON.stringify({ A: 1 }).replace('"A"', JSON.stringify(name))))).toBe(
      'FIELD_NAME_INVALID',
    );
  });

  it('makes a record with a repeated field errant', () => {
    expect(codeOf({ email: 'a', Email: 'b' })).toBe('FIELD_REPEATED');
    expect(codeOf({ 'Account.Ext__c': 'a', Account: { Ext__c: 'b' } })).toBe('FIELD_REPEATED');
  });

  it('takes fields named like properties of JavaScript objects', () => {
    expect(
      textOf({ constructor: 'a' } as unknown as Fields, { toString: 'b' } as unknown as Fields),
    ).toBe('constructor,toString\na,\n,b\n');
  });
});

describe('a cell', () => {
  it.each([
    ['text', 'as it is ', 'as it is '],
    ['text with CRLF and CR', 'a\r\nb\rc', 'a\nb\nc'],
    ['true', true, 'true'],
    ['false', false, 'false'],
    ['an integer', -42, '-42'],
    ['a fraction', 0.1, '0.1'],
    ['a number with an exponent', 1.5e-9, '0.0000000015'],
    ['a large number', 1e21, '1000000000000000000000'],
    ['minus zero', -0, '0'],
    ['an exact number', new Decimal('9007199254740993'), '9007199254740993'],
    ['an exact number with an exponent', new Decimal('1.2345678901234567e2'), '123.45678901234567'],
    ['an array', ['a', 2, true], 'a;2;true'],
    ['an empty array', [], ''],
    ['null', null, ''],
  ])('holds %s', (_name, value, cell) => {
    const { document } = write([{ A: value as Fields[string], B: 'x' }]);
    const [, row] = parse(document?.text ?? '') as string[][];
    expect(row).toEqual([cell, 'x']);
  });

  it('is #N/A for null, an empty text and an empty array where NULL_VALUES is clear', () => {
    expect(write([{ A: null, B: [], C: '' }], 'clear').document?.text).toBe(
      'A,B,C\n#N/A,#N/A,#N/A\n',
    );
  });

  it('of an object is a relationship column', () => {
    expect(textOf({ Name: 'A', Account: { Ext__c: 'X', Tier__c: null } })).toBe(
      'Account.Ext__c,Account.Tier__c,Name\nX,,A\n',
    );
  });

  it.each([
    ['NaN', { A: Number.NaN }, 'NUMBER_NOT_FINITE'],
    ['infinity', { A: Number.POSITIVE_INFINITY }, 'NUMBER_NOT_FINITE'],
    ['half a surrogate pair', { A: 'x\ud800' }, 'TEXT_NOT_UNICODE'],
    ['a number with a huge exponent', { A: new Decimal('1.5e-999999999') }, 'NUMBER_OUT_OF_RANGE'],
    ['an object in an object', { A: { B: { C: 1 } } }, 'NESTING_TOO_DEEP'],
    ['an array of objects', { A: [{ B: 1 }] }, 'LIST_NOT_SCALAR'],
    ['an array in an array', { A: [[1]] }, 'LIST_NOT_SCALAR'],
    ['an item with a semicolon', { A: ['a;b'] }, 'LIST_ITEM_INVALID'],
    ['an item without text', { A: ['a', null] }, 'LIST_ITEM_INVALID'],
    ['only an empty object', { A: {} }, 'VALUE_WITHOUT_FIELDS'],
    ['a text that is too long', { A: 'x'.repeat(limits.fieldCharacters + 1) }, 'FIELD_TOO_LONG'],
  ])('cannot hold %s', (_name, fields, code) => {
    expect(codeOf(fields as Fields)).toBe(code);
  });

  it("may have Salesforce's maximum length, but not four of them in a record", () => {
    const longest = 'x'.repeat(limits.fieldCharacters);
    expect(codeOf({ A: longest, B: longest, C: longest })).toBeUndefined();
    expect(codeOf({ A: longest, B: longest, C: longest, D: longest })).toBe('RECORD_TOO_LONG');
  });

  it('is too long with its quotes, and with the commas of unused columns', () => {
    const quotes = '"'.repeat(120_000);
    expect(codeOf({ A: quotes, B: quotes })).toBe('RECORD_TOO_LONG');
    const full = 'x'.repeat(limits.recordCharacters / 4);
    const { errants } = write([
      { A: full, B: full, C: full, D: full.slice(4) },
      { E: 1, F: 2 },
    ]);
    expect(errants).toMatchObject([{ code: 'RECORD_TOO_LONG', record: { offset: 0 } }]);
  });

  it('makes a record of only a null relationship errant', () => {
    const { document, errants } = write([{ Account: null }, { Account: { Ext__c: 'X' } }]);
    expect(document?.text).toBe('Account.Ext__c\nX\n');
    expect(errants).toMatchObject([{ code: 'VALUE_WITHOUT_FIELDS', record: { offset: 0 } }]);
  });

  it('keeps a column that is a relationship in an errant record only', () => {
    const { document } = write(
      [
        { Name: { x: 1 }, 'bad,name': 1 },
        { Name: null, A: 'a' },
      ],
      'clear',
    );
    expect(document?.text).toBe('A,Name\na,#N/A\n');
  });

  it('fails the flush when there are too many of them', () => {
    const wide = Array.from({ length: 4_000 }, (_, n) => [`C${n}`, 1] as const);
    const rows = Array.from({ length: 8_000 }, () => ({ A: 1 }));
    expect(() => write([Object.fromEntries(wide), ...rows])).toThrow(/^DOCUMENT_TOO_LONG/);
  });

  it('fits into a document of exactly the maximum number of cells', () => {
    const wide = Object.fromEntries(Array.from({ length: 3_000 }, (_, n) => [`C${n}`, 1]));
    const rows = (count: number) => [wide, ...Array.from({ length: count - 1 }, () => ({ C1: 1 }))];
    expect(write(rows(limits.cells / 3_000)).document?.rows).toHaveLength(10_000);
    expect(() => write(rows(limits.cells / 3_000 + 1))).toThrow(/^DOCUMENT_TOO_LONG/);
  });

  it('fails the flush above 100 MB', () => {
    // Two bytes a character.
    const rows = (count: number) =>
      Array.from({ length: count }, () => ({ A: 'ä'.repeat(62_500) }));
    expect(write(rows(799)).document?.rows).toHaveLength(799);
    expect(() => write(rows(801))).toThrow(/^DOCUMENT_TOO_LONG: .* 801 rows and more than 100 MB/);
  });

  it('fails the flush before its text is too long for a string', () => {
    const row = { A: 'x'.repeat(131_072) };
    expect(() => write(Array.from({ length: 4_200 }, () => row))).toThrow(/^DOCUMENT_TOO_LONG/);
  });

  it('fails the flush above 5,000 columns, even if each record has fewer', () => {
    const half = (letter: string) =>
      Object.fromEntries(Array.from({ length: 2_501 }, (_, n) => [`${letter}${n}`, 1]));
    expect(() => write([half('A'), half('B')])).toThrow(/^HEADER_TOO_LONG/);
  });

  it('is one of at most 5,000 in a record', () => {
    const wide = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, n) => [`A${n}`, 1]));
    expect(codeOf(wide(5_000))).toBeUndefined();
    expect(codeOf(wide(5_001))).toBe('TOO_MANY_FIELDS');
  });

  it('adds no column for fields above the limit', () => {
    const names = Array.from({ length: 200_000 }, (_, n) => `A${n}`);
    const wide = (all: readonly string[]) => Object.fromEntries(all.map((name) => [name, 1]));
    const settings = { nullValues: 'empty', recordIdField: null, unknownFields: 'send' } as const;
    const rows = [wide(names), wide(names.toReversed())].map(rowOf);
    const { errants, columns } = buildRows(rows, settings);
    expect(errants.map(({ code }) => code)).toEqual(['TOO_MANY_FIELDS', 'TOO_MANY_FIELDS']);
    expect(columns.find('A1')).not.toBeNull();
    expect(columns.find('A100000')).toBeNull();
  });

  it('makes a record with a repeated field errant, whatever the order of its fields', () => {
    const order = fc.shuffledSubarray(['A', 'B', 'C', 'D', 'E', 'F'], { minLength: 2 });
    fc.assert(
      fc.property(order, order, fc.nat(5), (first, second, at) => {
        const rows = [first, second].map((names) => Object.fromEntries(names.map((n) => [n, 1])));
        expect(write(rows).errants).toEqual([]);
        const again = { ...rows[1], [(second[at % second.length] ?? 'A').toLowerCase()]: 2 };
        expect(write([rows[0] ?? {}, again]).errants).toMatchObject([{ code: 'FIELD_REPEATED' }]);
      }),
    );
  });

  it('keeps the keys of an object out of reasons, since they may be data', () => {
    const { errants } = write([{ Tags: { 'ann@example.com': { x: 1 } } }]);
    expect(errants).toMatchObject([
      {
        reason: '"Tags" contains an object inside an object; only one level of nesting fits a row',
      },
    ]);
  });
});

describe('the text', () => {
  const names = ['A', 'B__c', 'C.D__c'];
  const cell = fc.oneof(
    fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ' ', ';', 'é', '😀') }),
    fc.string({ unit: 'grapheme' }),
  );
  const table = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 20 });
  const fieldsOf = (row: readonly string[]) =>
    Object.fromEntries(names.map((name, index) => [name, row[index] ?? '']));
  const unix = (text: string) => text.replace(/\r\n?/g, '\n');

  it('is what csv-stringify writes, byte for byte', () => {
    fc.assert(
      fc.property(table, (rows) => {
        const expected = stringify([names, ...rows.map((row) => row.map(unix))]);
        expect(write(rows.map(fieldsOf)).document?.text).toBe(expected);
      }),
    );
  });

  it('is parsed by csv-parse to the same cells', () => {
    fc.assert(
      fc.property(table, (rows) => {
        const text = write(rows.map(fieldsOf)).document?.text ?? '';
        expect(parse(text)).toEqual([names, ...rows.map((row) => row.map(unix))]);
      }),
    );
  });

  it('has a line for each row, also for a single empty cell', () => {
    expect(textOf({ A: '' }, { A: 'x' })).toBe('A\n""\nx\n');
  });

  it('has every record once, in the document or among the errant ones', () => {
    fc.assert(
      fc.property(
        fc.array(fc.dictionary(fc.string(), fc.jsonValue() as fc.Arbitrary<never>)),
        (values) => {
          const { document, errants } = write(values);
          const written = document?.rows.flatMap((row) => row.records) ?? [];
          const offsets = [...written, ...errants.map(({ record }) => record)]
            .map(({ offset }) => offset)
            .sort((one, other) => one - other);
          expect(offsets).toEqual(values.map((_, offset) => offset));
          expect(document?.text.startsWith('\n')).not.toBe(true);
          const lines = document === null ? [] : parse(document.text, { bom: false });
          expect(lines).toHaveLength(document === null ? 0 : document.rows.length + 1);
        },
      ),
    );
  });
});
