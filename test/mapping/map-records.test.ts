import { describe, expect, it } from 'vitest';
import type { Config } from '../../src/config/config.ts';
import type { Fields } from '../../src/decode/decoded-record.ts';
import { mapRecords } from '../../src/mapping/map-records.ts';
import { recordsOf } from '../support/values.ts';

const mapped = (
  fields: Fields,
  operation: Config['operation'],
  map: Record<string, string | null> = {},
) => {
  const rows = recordsOf(['{}']).map((record) => ({ record, fields }));
  const fieldMap = new Map(Object.entries(map));
  return mapRecords(rows, { operation, recordIdField: null, fieldMap });
};

describe('a change event that updates a row', () => {
  const update = recordsOf(['{}']).map((record) => {
    return { record, fields: { LastName: 'a' }, isUpdate: true };
  });
  const outcomeOf = (operation: Config['operation'], recordIdField: string | null = null) =>
    mapRecords(update, { operation, recordIdField, fieldMap: new Map() });

  it.each(['update', 'upsert'] as const)('is a row of %s', (operation) => {
    expect(outcomeOf(operation)).toMatchObject({ records: [{ fields: { LastName: 'a' } }] });
  });

  it('is errant in an insert sink, with and without a record id field', () => {
    for (const outcome of [outcomeOf('insert'), outcomeOf('upsert', 'RecordId__c')]) {
      expect(outcome).toMatchObject({
        records: [],
        errants: [{ stage: 'mapping', code: 'UPDATE_NEEDS_UPSERT' }],
      });
      expect(outcome.errants[0]?.reason).toContain('SALESFORCE_OPERATION=upsert');
    }
  });
});

describe('a record', () => {
  it('keeps its fields, except for deletes', () => {
    for (const operation of ['insert', 'update', 'upsert'] as const) {
      expect(mapped({ Id: '1', Name: 'a' }, operation).records[0]?.fields).toEqual({
        Id: '1',
        Name: 'a',
      });
    }
  });

  it('of a delete keeps only its id, in any spelling and after FIELD_MAP', () => {
    for (const operation of ['delete', 'hardDelete'] as const) {
      const { records: rows } = mapped({ sfid: '1', Name: 'a' }, operation, { sfid: 'ID' });
      expect(rows[0]?.fields).toEqual({ Id: '1' });
    }
  });

  it('of a delete without an id has a null id', () => {
    expect(mapped({ Name: 'a' }, 'delete').records[0]?.fields).toEqual({ Id: null });
  });

  it('loses fields whose names begin with two underscores', () => {
    const added = { __op: 'u', __ts_ms: 7, __deleted: 'false', __source: { lsn: 1 }, _id: 1 };
    for (const operation of ['insert', 'update', 'upsert'] as const) {
      const { records: rows } = mapped({ Name: 'a', ...added }, operation);
      expect(rows[0]?.fields).toEqual({ Name: 'a', _id: 1 });
    }
  });

  it('keeps those that FIELD_MAP names, as a whole or in part', () => {
    const added = { __op: 'u', __ts_ms: 7, __source: { lsn: 1 } };
    const map = { __op: 'Op__c', '__source.lsn': 'Lsn__c' };
    const { records: rows } = mapped({ Name: 'a', ...added }, 'upsert', map);
    expect(rows[0]?.fields).toEqual({ Name: 'a', Op__c: 'u', Lsn__c: 1 });
  });

  it('loses one of them whose name FIELD_MAP only begins with', () => {
    const { records: rows } = mapped({ Name: 'a', __op: 'u' }, 'upsert', { '__op2.x': 'X__c' });
    expect(rows[0]?.fields).toEqual({ Name: 'a' });
  });

  it('is errant when it has no other fields', () => {
    const { records: rows, errants } = mapped({ __op: 'u', __deleted: 'false' }, 'upsert');
    expect(rows).toEqual([]);
    expect(errants).toMatchObject([{ stage: 'mapping', code: 'VALUE_WITHOUT_FIELDS' }]);
  });

  it('is errant when FIELD_MAP gives two of its fields the same name', () => {
    const { records: rows, errants } = mapped({ mail: 'a', Email: 'b' }, 'insert', {
      mail: 'Email',
    });
    expect(rows).toEqual([]);
    expect(errants).toMatchObject([{ stage: 'mapping', code: 'FIELD_REPEATED' }]);
  });
});
