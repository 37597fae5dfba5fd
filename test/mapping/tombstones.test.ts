import { describe, expect, it } from 'vitest';
import type { Config } from '../../src/config/config.ts';
import type { Fields, FieldValue, Tombstone } from '../../src/decode/decoded-record.ts';
import { sortTombstones } from '../../src/mapping/tombstones.ts';
import { RecordError } from '../../src/record-error.ts';
import { recordsOf } from '../support/values.ts';

type Settings = Partial<Pick<Config, 'operation' | 'tombstones' | 'fieldMap' | 'externalIdField'>>;

const id = '003Em0000000001AAA';
const other = '003Em0000000002AAA';
const deletes = ['delete', 'hardDelete'] as const;

/** A tombstone with this key, and with fields if it is a rewritten delete. */
const tombstone = (key: FieldValue, fields: Fields | null = null): Tombstone => {
  const [record] = recordsOf([null]);
  const cause = fields === null ? 'the record has no value' : 'the record is a delete';
  return { record: record!, fields, cause, key: () => key };
};

const sorted = (one: Tombstone, settings: Settings = {}) =>
  sortTombstones([one], {
    operation: 'insert',
    tombstones: 'errant',
    fieldMap: new Map(),
    externalIdField: null,
    ...settings,
  });

describe('a tombstone', () => {
  it.each(['insert', 'update', 'upsert'] as const)('of %s is errant', (operation) => {
    for (const fields of [null, { Id: id, __deleted: 'true' }]) {
      const { records: rows, errants, skipped } = sorted(tombstone(id, fields), { operation });
      expect([rows, skipped]).toEqual([[], []]);
      expect(errants).toMatchObject([
        { record: { offset: 0 }, stage: 'mapping', code: 'TOMBSTONE' },
      ]);
      expect(errants[0]?.reason).toContain(operation);
    }
  });

  it('is skipped with TOMBSTONES=skip', () => {
    for (const fields of [null, { Id: id, __deleted: 'true' }]) {
      const settings = { operation: 'upsert', tombstones: 'skip' } as const;
      const { records: rows, errants, skipped } = sorted(tombstone(id, fields), settings);
      expect([rows, errants]).toEqual([[], []]);
      expect(skipped).toMatchObject([{ offset: 0 }]);
    }
  });

  it.each([
    ['a text', id],
    ['a text of 15 characters', id.slice(0, 15)],
    ['a text with spaces around', ` ${id}\n`],
    ['an object', { Id: id }],
    ['an object in other capitals', { id }],
    ['an object with more', { Name: other, Id: id }],
  ])('deletes the row of the id in its key: %s', (_form, key) => {
    for (const operation of deletes) {
      const { records: rows, errants } = sorted(tombstone(key), { operation, tombstones: 'skip' });
      expect(errants).toEqual([]);
      expect([id, id.slice(0, 15)]).toContain(rows[0]?.fields['Id']);
    }
  });

  it.each([
    ['alone', { sfid: id }, { sfid: 'Id' }],
    ['beside another id', { id: 7, sfid: id }, { sfid: 'Id' }],
    ['beside an id that is mapped to null', { id: other, sfid: id }, { sfid: 'Id', id: null }],
  ])('deletes by the field of its key that FIELD_MAP maps to Id: %s', (_what, key, map) => {
    const fieldMap = new Map<string, string | null>(Object.entries(map));
    const { records: rows } = sorted(tombstone(key), { operation: 'delete', fieldMap });
    expect(rows[0]?.fields).toEqual({ Id: id });
  });

  it('is errant when FIELD_MAP maps the id of its key to null', () => {
    const settings = { operation: 'delete', fieldMap: new Map([['Id', null]]) } as const;
    expect(sorted(tombstone({ Id: id }), settings).errants).toMatchObject([{ code: 'KEY_NOT_ID' }]);
  });

  it.each([
    ['none', null],
    ['an empty one', ''],
    ['a number', '42'],
    ['another text', 'customer-17'],
    ['an object without an id', { key: 1 }],
    ['an object whose id is not an id', { Id: 17 }],
    ['an object whose id is null', { Id: null }],
    ['an object in an object', { Id: { Id: id } }],
    ['a list', [id]],
  ])('is errant when its key contains no id: %s', (_what, key) => {
    const { records: rows, errants } = sorted(tombstone(key), { operation: 'delete' });
    expect(rows).toEqual([]);
    expect(errants).toMatchObject([{ stage: 'mapping', code: 'KEY_NOT_ID' }]);
  });

  it('is errant when its key cannot be read, with the reason', () => {
    const key = () => {
      throw new RecordError('SCHEMA_UNKNOWN', 'schema 7: the registry does not have it');
    };
    const { errants } = sorted({ ...tombstone(null), key }, { operation: 'delete' });
    expect(errants).toMatchObject([
      { code: 'KEY_NOT_ID', reason: expect.stringContaining('schema 7: the registry') },
    ]);
  });
});

describe('a rewritten delete', () => {
  const rewritten = (fields: Fields, key: FieldValue = null) =>
    tombstone(key, { ...fields, __deleted: 'true' });

  it('deletes by its fields, by their names after FIELD_MAP', () => {
    for (const operation of deletes) {
      expect(sorted(rewritten({ Id: id }, other), { operation }).records[0]?.fields).toEqual({
        Id: id,
      });
      const fieldMap = new Map([['sfid', 'Id']]);
      const { records: rows } = sorted(rewritten({ sfid: id, LastName: 'a' }), {
        operation,
        fieldMap,
      });
      expect(rows[0]?.fields).toEqual({ Id: id });
    }
  });

  it.each([
    ['no such field', { LastName: 'a' }],
    ['null', { Id: null }],
    ['an empty text, as a default replica identity gives', { Id: '' }],
  ])('deletes by its key when its fields have no id: %s', (_what, fields) => {
    const { records: rows } = sorted(rewritten(fields, { Id: id }), { operation: 'delete' });
    expect(rows[0]?.fields).toEqual({ Id: id });
  });

  it('is errant when neither has an id', () => {
    const { errants } = sorted(rewritten({ LastName: 'a' }, 'x'), { operation: 'delete' });
    expect(errants).toMatchObject([{ code: 'KEY_NOT_ID' }]);
  });
});
