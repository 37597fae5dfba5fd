import { describe, expect, it } from 'vitest';
import type { Config } from '../../src/config/config.ts';
import type { Fields } from '../../src/decode/decoded-record.ts';
import { mapRecords } from '../../src/mapping/map-records.ts';
import { recordsOf } from '../support/values.ts';

const shaped = (
  fields: Fields,
  operation: Config['operation'],
  map: Record<string, string | null> = {},
) => {
  const rows = recordsOf(['{}']).map((record) => ({ record, fields }));
  return mapRecords(rows, { operation, fieldMap: new Map(Object.entries(map)) });
};

describe('a row', () => {
  it('keeps its fields, but for deletes', () => {
    for (const operation of ['insert', 'update', 'upsert'] as const) {
      expect(shaped({ Id: '1', Name: 'a' }, operation).records[0]?.fields).toEqual({
        Id: '1',
        Name: 'a',
      });
    }
  });

  it('of a delete is its id alone, in any spelling and after FIELD_MAP', () => {
    for (const operation of ['delete', 'hardDelete'] as const) {
      const { records: rows } = shaped({ sfid: '1', Name: 'a' }, operation, { sfid: 'ID' });
      expect(rows[0]?.fields).toEqual({ Id: '1' });
    }
  });

  it('of a delete without an id has none', () => {
    expect(shaped({ Name: 'a' }, 'delete').records[0]?.fields).toEqual({ Id: null });
  });

  it('has no field whose name begins with two underscores', () => {
    const added = { __op: 'u', __ts_ms: 7, __deleted: 'false', __source: { lsn: 1 }, _id: 1 };
    for (const operation of ['insert', 'update', 'upsert'] as const) {
      const { records: rows } = shaped({ Name: 'a', ...added }, operation);
      expect(rows[0]?.fields).toEqual({ Name: 'a', _id: 1 });
    }
  });

  it('has one of them that FIELD_MAP names, as a whole or in part', () => {
    const added = { __op: 'u', __ts_ms: 7, __source: { lsn: 1 } };
    const map = { __op: 'Op__c', '__source.lsn': 'Lsn__c' };
    const { records: rows } = shaped({ Name: 'a', ...added }, 'upsert', map);
    expect(rows[0]?.fields).toEqual({ Name: 'a', Op__c: 'u', Lsn__c: 1 });
  });

  it('is errant when it has no other field', () => {
    const { records: rows, errants } = shaped({ __op: 'u', __deleted: 'false' }, 'upsert');
    expect(rows).toEqual([]);
    expect(errants).toMatchObject([{ stage: 'shape', code: 'VALUE_WITHOUT_FIELDS' }]);
  });

  it('is errant when FIELD_MAP gives two of its fields one name', () => {
    const { records: rows, errants } = shaped({ mail: 'a', Email: 'b' }, 'insert', {
      mail: 'Email',
    });
    expect(rows).toEqual([]);
    expect(errants).toMatchObject([{ stage: 'shape', code: 'FIELD_REPEATED' }]);
  });
});
