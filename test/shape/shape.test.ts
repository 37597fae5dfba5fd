import { describe, expect, it } from 'vitest';
import type { Config } from '../../src/config.ts';
import type { Fields } from '../../src/decode/row.ts';
import { shape } from '../../src/shape/shape.ts';
import { recordsOf } from '../given/values.ts';

const shaped = (
  fields: Fields,
  operation: Config['operation'],
  map: Record<string, string | null> = {},
) => {
  const rows = recordsOf(['{}']).map((record) => ({ record, fields }));
  return shape(rows, { operation, fieldMap: new Map(Object.entries(map)) });
};

describe('a row', () => {
  it('keeps its fields, but for deletes', () => {
    for (const operation of ['insert', 'update', 'upsert'] as const) {
      expect(shaped({ Id: '1', Name: 'a' }, operation).rows[0]?.fields).toEqual({
        Id: '1',
        Name: 'a',
      });
    }
  });

  it('of a delete is its id alone, in any spelling and after FIELD_MAP', () => {
    for (const operation of ['delete', 'hardDelete'] as const) {
      const { rows } = shaped({ sfid: '1', Name: 'a' }, operation, { sfid: 'ID' });
      expect(rows[0]?.fields).toEqual({ Id: '1' });
    }
  });

  it('of a delete without an id has none', () => {
    expect(shaped({ Name: 'a' }, 'delete').rows[0]?.fields).toEqual({ Id: null });
  });

  it('is errant when FIELD_MAP gives two of its fields one name', () => {
    const { rows, errants } = shaped({ mail: 'a', Email: 'b' }, 'insert', { mail: 'Email' });
    expect(rows).toEqual([]);
    expect(errants).toMatchObject([{ stage: 'shape', code: 'FIELD_REPEATED' }]);
  });
});
