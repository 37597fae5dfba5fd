import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { createDecode } from '../../src/decode/decode.ts';
import { csvOf, knownSchemas, noDeadline, recordsOf } from '../support/values.ts';

interface Line {
  readonly key: string;
  readonly value: string | null;
}

/** A topic as Debezium wrote it, see the README beside the file. */
const lines = readFileSync('test/decode/fixtures/debezium/mariadb.jsonl', 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Line);

const decoded = await createDecode('auto', knownSchemas(null))(
  recordsOf(lines.map((one) => one.value)),
  noDeadline,
);

/** The cell of a column in a recorded row, alone in its document; the code if it has none. */
function cellOf(offset: number, name: string): string | undefined {
  const row = decoded.records.find(({ record }) => record.offset === offset);
  if (row === undefined) return undefined;
  const fields = { last_name: 'x', [name]: row.fields[name] ?? null };
  const { document, errants } = csvOf([{ ...row, fields }]);
  const [cells] = parse(document?.text ?? '', { columns: true }) as Record<string, string>[];
  return errants[0]?.code ?? cells?.[name];
}

describe('a table of MariaDB with every type, as Debezium wrote it,', () => {
  it.each([
    ['last_name', 'Okoye', `O'Brien "Zoë", 李 😀`],
    ['active', '1', '2'],
    ['truth', '1', '0'],
    ['tiny', '7', '-128'],
    ['tiny_u', '255', '0'],
    ['small', '-12', '-32768'],
    ['small_u', '65535', '0'],
    ['med', '-8388608', '8388607'],
    ['med_u', '16777215', '0'],
    ['num', '12', '-2147483648'],
    ['num_u', '4294967295', '0'],
    ['big', '9007199254740993', '-9223372036854775808'],
    ['padded', '42', '0'],
    ['amount', '12.5', '-99999999.99'],
    ['whole', '250', '-9999999999'],
    ['exact', '1234567890123456789012345678.0123456789', '-0.0000000001'],
    ['flo', '0.1', `-34${'0'.repeat(37)}`],
    ['dbl', '0.1', `17${'0'.repeat(307)}`],
    ['seen', '2026-02-28T13:45:00.000Z', '1970-01-01T00:00:01.000Z'],
    ['seen6', '2026-02-28T13:45:00.123Z', '2038-01-19T03:14:07.999Z'],
    ['made', '2026-02-28T13:45:00.000Z', 'DATE_OUT_OF_RANGE'],
    ['made3', '2026-02-28T13:45:00.123Z', 'DATE_OUT_OF_RANGE'],
    ['made6', '2026-02-28T13:45:00.123Z', '1969-12-31T23:59:59.999Z'],
    ['born', '1980-02-29', 'DATE_OUT_OF_RANGE'],
    ['at', '13:45:00.000Z', 'DATE_OUT_OF_RANGE'],
    ['at3', '13:45:00.123Z', 'DATE_OUT_OF_RANGE'],
    ['at6', '13:45:00.123Z', 'DATE_OUT_OF_RANGE'],
    ['y', '2026', '1901'],
    ['level', 'Gold', 'Bronze'],
    ['interests', 'News;Offers', ''],
    ['doc', '{"a": [1, null], "b": "x"}', '"text"'],
    ['code', 'ab', ''],
    ['note', 'a note', ''],
    ['raw', 'AP8Q', ''],
    ['fixed', 'AQIAAA==', 'AAAAAA=='],
    ['photo', 'iVBORw==', ''],
    ['flag', 'true', 'false'],
    ['bits', 'qgI=', 'AAA='],
    ['uid', 'a7f3c6c1-0d4f-4b6b-9df3-7f2a1f0e9c11', '00000000-0000-0000-0000-000000000000'],
  ])('has %s as %s and %s', (name, usual, extreme) => {
    expect([cellOf(0, name), cellOf(1, name), decoded.records[2]?.fields[name]]).toEqual([
      usual,
      extreme,
      name === 'last_name' ? 'Nulls' : null,
    ]);
  });

  it('has a point with its coordinates', () => {
    expect(decoded.records[0]?.fields['spot']).toMatchObject({ x: 1.5, y: -2 });
  });

  it('has the null of a zero date, or the first day of 1970 where the column may not be null', () => {
    expect([cellOf(0, 'no_date'), cellOf(0, 'no_date_required'), cellOf(0, 'no_time')]).toEqual([
      '',
      '1970-01-01',
      '',
    ]);
  });

  it('has lost the largest unsigned bigint, and a null beside a default', () => {
    expect([cellOf(0, 'big_u'), cellOf(1, 'email'), cellOf(4, 'email')]).toEqual([
      '-1',
      'none',
      'none',
    ]);
  });

  it('has rows for its snapshot, insert, updates, and deletes with their tombstones', () => {
    const { records, tombstones, errants } = decoded;
    expect(errants).toEqual([]);
    expect(records.map(({ record, fields }) => [record.offset, String(fields['id'])])).toEqual([
      [0, '1'],
      [1, '2'],
      [2, '3'],
      [3, '4'],
      [4, '1'],
      [9, '30'],
    ]);
    expect(
      tombstones.map(({ record, fields }) => [record.offset, fields && String(fields['id'])]),
    ).toEqual([
      [5, '2'],
      [6, null],
      [7, '3'],
      [8, null],
    ]);
  });
});
