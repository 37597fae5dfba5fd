import { expect, it } from 'vitest';
import {
  CalendarDate,
  Decimal,
  type Fields,
  type FieldValue,
  InvalidValue,
  TimeOfDay,
  Timestamp,
} from '../../src/decode/decoded-record.ts';
import { withKnownFields } from '../../src/decode/deleted-row.ts';
import { RecordError } from '../../src/record-error.ts';
import { recordsOf } from '../support/values.ts';

/** What is known of a deleted row from its event's `before` and its record's key. */
function knownOf(fields: Fields | null, key: FieldValue | RecordError): Fields | null {
  const [record] = recordsOf([null]);
  const read = () => {
    if (key instanceof RecordError) throw key;
    return key;
  };
  const known = withKnownFields({ record: record!, fields, cause: '', key: read }).fields;
  if (known === null) return null;
  // What is not known is null.
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== null));
}

/** What Debezium writes into columns whose value it does not know. */
const zeros: Fields = {
  ...{ text: '', number: 0, flag: false, none: null, list: [] },
  ...{ decimal: new Decimal('0.00'), date: new CalendarDate(0), time: new TimeOfDay(0) },
  ...{ timestamp: new Timestamp(0), point: { x: 0, wkb: '' } },
  interval: new InvalidValue({ code: 'CONNECT_TYPE_UNSUPPORTED', reason: '' }),
};

it('is the key when all other columns are null or the zero of their type', () => {
  expect(knownOf({ id: 7, ...zeros }, { id: 7 })).toEqual({ id: 7 });
  expect(knownOf({ id: 7, tenant: 'a', ...zeros }, { id: 7, tenant: 'a' })).toEqual({
    ...{ id: 7, tenant: 'a' },
  });
  expect(knownOf({ id: 7, last_name: '', __deleted: 'true' }, { id: 7 })).toEqual({
    ...{ id: 7, __deleted: 'true' },
  });
});

it('is the key and what has a value, since a zero may be one that Debezium filled in', () => {
  const texts = { amount: '0.00', exact: 'AA==', large: '0E+2' };
  expect(knownOf({ id: 7, ...texts }, { id: 7 })).toEqual({ id: 7 });
  const filledIn = { point: { x: 0, y: 0, wkb: 'AQEAAAA=' }, attributes: '{}', made: '1970-01-01' };
  expect(knownOf({ id: 7, ...zeros, ...filledIn, last_name: 'Okoye' }, { id: 7 })).toEqual({
    ...{ id: 7, ...filledIn, last_name: 'Okoye' },
  });
});

it.each<[string, FieldValue | RecordError]>([
  ['is a text', '7'],
  ['is missing', null],
  ['cannot be read', new RecordError('SCHEMA_UNKNOWN', '')],
])('is what has a value when the key %s', (_what, key) => {
  expect(knownOf({ id: 7, ...zeros }, key)).toEqual({ id: 7 });
});

it('is nothing when the event has no fields', () => {
  expect(knownOf(null, { id: 7 })).toBeNull();
});
