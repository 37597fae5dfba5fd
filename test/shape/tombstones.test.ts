import { describe, expect, it } from 'vitest';
import type { Config } from '../../src/config.ts';
import { sortTombstones } from '../../src/shape/tombstones.ts';
import { recordsOf } from '../given/values.ts';

type Given = Partial<Pick<Config, 'operation' | 'tombstones' | 'fieldMap'>>;

const id = '003Em0000000001AAA';

/** A tombstone with this key, and a record with a value before it. */
const sorted = (key: string | null, given: Given = {}) => {
  const records = recordsOf(['{}', null]).map((record) => ({
    ...record,
    key: key === null ? null : Buffer.from(key),
  }));
  return sortTombstones(records, {
    operation: 'insert',
    tombstones: 'errant',
    fieldMap: new Map(),
    ...given,
  });
};

const offsets = (records: readonly { readonly offset: number }[]) =>
  records.map(({ offset }) => offset);

describe('a tombstone', () => {
  it.each(['insert', 'update', 'upsert'] as const)('of %s is errant', (operation) => {
    const { valued, rows, errants, skipped } = sorted(id, { operation });
    expect([offsets(valued), rows, skipped]).toEqual([[0], [], []]);
    expect(errants).toMatchObject([
      { record: { offset: 1 }, stage: 'shape', code: 'TOMBSTONE', reason: expect.any(String) },
    ]);
    expect(errants[0]?.reason).toContain(operation);
  });

  it('is passed over with TOMBSTONES=skip', () => {
    const { valued, errants, skipped } = sorted(id, { operation: 'upsert', tombstones: 'skip' });
    expect([offsets(valued), errants, offsets(skipped)]).toEqual([[0], [], [1]]);
  });

  it.each([
    ['plain', id],
    ['plain, 15 characters', id.slice(0, 15)],
    ['plain, with spaces around', ` ${id}\n`],
    ['a JSON text', JSON.stringify(id)],
    ['an object', JSON.stringify({ Id: id })],
    ['an object in other capitals', JSON.stringify({ id })],
    ["Connect's envelope", JSON.stringify({ schema: { type: 'string' }, payload: id })],
    ['an envelope of an object', JSON.stringify({ schema: {}, payload: { id } })],
  ])('deletes the row that its key names: %s', (_form, key) => {
    for (const operation of ['delete', 'hardDelete'] as const) {
      const { rows, errants } = sorted(key, { operation, tombstones: 'skip' });
      expect(errants).toEqual([]);
      expect(rows).toMatchObject([{ record: { offset: 1 } }]);
      expect([id, id.slice(0, 15)]).toContain(rows[0]?.fields['Id']);
    }
  });

  it('deletes by the field of its key that FIELD_MAP makes the id', () => {
    const fieldMap = new Map([['sfid', 'Id']]);
    const { rows } = sorted(JSON.stringify({ sfid: id }), { operation: 'delete', fieldMap });
    expect(rows[0]?.fields).toEqual({ Id: id });
  });

  it.each([
    ['none', null],
    ['an empty one', ''],
    ['a number', '42'],
    ['another text', 'customer-17'],
    ['an object without an id', '{"key":1}'],
    ['an object whose id is none', '{"Id":17}'],
    ['an object whose id is null', '{"Id":null}'],
    ['null', 'null'],
    ['a list', `["${id}"]`],
    ['broken JSON', '{"Id":'],
  ])('is errant when its key holds no id: %s', (_what, key) => {
    const { rows, errants } = sorted(key, { operation: 'delete' });
    expect(rows).toEqual([]);
    expect(errants).toMatchObject([{ stage: 'shape', code: 'KEY_NOT_ID' }]);
  });
});
