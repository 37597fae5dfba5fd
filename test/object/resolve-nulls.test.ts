import { describe, expect, it } from 'vitest';
import type { NullValues } from '../../src/csv/cell.ts';
import type { Fields } from '../../src/decode/decoded-record.ts';
import type { ColumnContext } from '../../src/object/check-column.ts';
import { resolveNulls } from '../../src/object/resolve-nulls.ts';
import { buildRows } from '../../src/rows/build-rows.ts';
import { recordsOf } from '../support/values.ts';
import { described, parents } from './described.ts';

const built = (fields: Fields, nullValues: NullValues = 'clear') => {
  const records = recordsOf(['{}']).map((record) => ({ record, fields }));
  return buildRows(records, { nullValues, recordIdField: null, unknownFields: 'errant' });
};

const context: ColumnContext = {
  ...{ object: described('Contact'), parents, operation: 'update' },
  ...{ keyField: 'Id', recordIdField: null },
};

/** The cells of a record's row, by column, once its nulls are resolved. */
const resolved = (fields: Fields, nullValues: NullValues = 'clear') => {
  const { rows, columns } = built(fields, nullValues);
  const [row] = resolveNulls(rows, columns, context);
  return Object.fromEntries(
    (row?.columns ?? []).map((column, index) => [columns.name(column), row?.cells[index]]),
  );
};

describe('null', () => {
  it('of the key is kept, so that the record is errant without a key', () => {
    expect(resolved({ id: null, LastName: 'A' })).toEqual({ id: '#N/A', LastName: 'A' });
  });

  it('of a required field is omitted', () => {
    expect(resolved({ OwnerId: null, LastName: 'A' })).toEqual({ LastName: 'A' });
  });

  it('of a nullable field that is not writable is omitted', () => {
    expect(resolved({ MailingAddress: null, LastName: 'A' })).toEqual({ LastName: 'A' });
  });

  it('of a relationship clears the lookup, also beside its empty id', () => {
    expect(resolved({ Account: null, AccountId: '' })).toEqual({ AccountId: '#N/A' });
    expect(resolved({ AccountId: '', Account: null })).toEqual({ AccountId: '#N/A' });
  });

  it('of a relationship is omitted with NULL_VALUES=empty', () => {
    expect(resolved({ Account: null, LastName: 'A' }, 'empty')).toEqual({ LastName: 'A' });
  });

  it.each<Fields>([
    { LastName: 'A', Title: null },
    { LastName: 'A', Title: '' },
    { LastName: 'A', Nope__c: null },
  ])('returns the row itself when no null needs resolving: %j', (fields) => {
    const { rows, columns } = built(fields);
    expect(resolveNulls(rows, columns, context)[0]).toBe(rows[0]);
  });
});
