import jsonata from 'jsonata';
import { describe, expect, it } from 'vitest';
import { translateTransforms } from '../../../cli/adopt/transforms.ts';
import { CalendarDate, Decimal, type Fields } from '../../../src/decode/decoded-record.ts';
import { loadTransform } from '../../../src/mapping/transform.ts';
import { recordsOf } from '../../support/values.ts';

const connect = 'org.apache.kafka.connect.transforms';
const [record] = recordsOf(['{}']);
const value = { id: 7, name: 'Ada', secret: 'x', note: null };

/** The keys of one transform `t`. */
const chain = (type: string, properties: Record<string, string> = {}) => ({
  'transforms.t.type': type.includes('.') ? type : `${connect}.${type}`,
  ...Object.fromEntries(
    Object.entries(properties).map(([key, one]) => [`transforms.t.${key}`, one]),
  ),
});

/** What the translated chain makes of a value. */
async function resultOf(names: string, config: Record<string, string>, fields: Fields = value) {
  const { settings } = translateTransforms(names, config);
  const transform = await loadTransform(String(settings?.['TRANSFORM']));
  const headers = [['tenant', Buffer.from('a')] as const];
  return transform({ record: { ...record!, headers }, fields });
}

describe('transforms of a connector', () => {
  it('that only rename and drop fields become FIELD_MAP', () => {
    const config = chain('ReplaceField$Value', {
      renames: 'name:LastName,id:Key__c',
      exclude: 'secret',
    });
    expect(translateTransforms('t', config)).toEqual({
      settings: { FIELD_MAP: { name: 'LastName', id: 'Key__c', secret: null } },
    });
  });

  it.each<[string, Record<string, string>, unknown]>([
    [
      'ReplaceField$Value',
      { include: 'id,name', renames: 'id:a-key' },
      { 'a-key': 7, name: 'Ada' },
    ],
    ['Flatten$Value', {}, value],
    [
      'InsertField$Value',
      {
        'static.field': 'Source',
        'static.value': 'crm',
        'topic.field': 'Topic!',
        'offset.field': 'At',
      },
      { ...value, Source: 'crm', Topic: 'contacts', At: 0 },
    ],
    ['HoistField$Value', { field: 'Account' }, { Account: value }],
  ])('%s %j become TRANSFORM', async (type, properties, expected) => {
    const config = chain(type, properties);
    expect(await resultOf('t', config)).toEqual(expected);
    expect(translateTransforms('t', config).warning).toBe('t: check TRANSFORM with npm run try');
  });

  it('that keep some fields become FIELD_MAP', () => {
    const config = chain('ReplaceField$Value', { include: 'id,note', renames: 'id:Key__c' });
    expect(translateTransforms('t', config)).toEqual({
      settings: { FIELD_MAP: { id: 'Key__c', note: 'note', '*': null } },
    });
  });

  it('that flatten nested objects become TRANSFORM, which keeps lists and typed values', async () => {
    const nested = {
      ...{ id: 7, at: new CalendarDate(1), price: new Decimal('1.50'), tags: [{ a: 1 }] },
      ...{ name: { first: 'Ada', last: { text: 'Okoye', note: null } }, none: {} },
    };
    const config = chain('Flatten$Value', { delimiter: '_' });
    expect(await resultOf('t', config, nested)).toEqual({
      ...{ id: 7, at: new CalendarDate(1), price: new Decimal('1.50'), tags: [{ a: 1 }] },
      ...{ name_first: 'Ada', name_last_text: 'Okoye', name_last_note: null },
    });
  });

  it('that extract a field of a nested value become TRANSFORM', async () => {
    const config = chain('ExtractField$Value', { field: 'data' });
    expect(await resultOf('t', config, { data: value })).toEqual(value);
    const byPath = chain('ExtractField$Value', {
      ...{ field: 'data.body', 'field.syntax.version': 'V2' },
    });
    expect(await resultOf('t', byPath, { data: { body: value } })).toEqual(value);
  });

  it('that take what the sink takes out of a change event are not run', () => {
    const after = translateTransforms('t', chain('ExtractField$Value', { field: 'after' }));
    expect(after).toMatchObject({ settings: {}, warning: expect.stringContaining('unwrapped') });
    const before = translateTransforms('t', chain('ExtractField$Value', { field: 'before' }));
    expect(before.warning).toContain('TRANSFORM reads as event.before');
  });

  it('run in their order', async () => {
    const config = {
      ...chain('ExtractField$Value', { field: 'data' }),
      'transforms.u.type': `${connect}.ReplaceField$Value`,
      ...{ 'transforms.u.exclude': 'secret,note', 'transforms.u.renames': 'id:Key' },
    };
    expect(await resultOf('t,u', config, { data: value })).toEqual({ Key: 7, name: 'Ada' });
  });

  it.each<[string, Record<string, string>, unknown]>([
    ['Timestamp', {}, '2023-11-14T22:13:20.000Z'],
    ['Date', {}, '2023-11-14'],
    ['Time', {}, '22:13:20.000Z'],
    ['Timestamp', { 'unix.precision': 'seconds' }, '2023-11-14T22:13:20.000Z'],
  ])('that make a %s of a number %j become TRANSFORM', async (target, properties, time) => {
    const given = { field: 'at', 'target.type': target, ...properties };
    const config = chain('TimestampConverter$Value', given);
    const at = 'unix.precision' in properties ? 1_700_000_000 : 1_700_000_000_000;
    expect(await resultOf('t', config, { id: 1, at })).toEqual({ id: 1, at: time });
    const typed = new CalendarDate(1);
    expect(await resultOf('t', config, { id: 1, at: typed })).toEqual({ id: 1, at: typed });
  });

  it('leave a tombstone alone, whose row its key identifies', async () => {
    const config = {
      ...chain('ReplaceField$Value', { include: 'id', renames: 'id:a-key' }),
      'transforms.u.type': `${connect}.Flatten$Value`,
      'transforms.i.type': `${connect}.InsertField$Value`,
      ...{ 'transforms.i.static.field': 'Title', 'transforms.i.static.value': 'v' },
      ...{ 'transforms.i.predicate': 'p', 'transforms.i.negate': 'true' },
      'predicates.p.type': `${connect}.predicates.RecordIsTombstone`,
    };
    const { settings } = translateTransforms('t,u,i', config);
    const transform = await loadTransform(String(settings?.['TRANSFORM']));
    expect(await transform({ record: record!, fields: null })).toEqual({});
    expect(await transform({ record: record!, fields: { id: 7 } })).toEqual({
      ...{ 'a-key': 7, Title: 'v' },
    });
  });

  it('that filter leave records out, by topic or header', async () => {
    const filter = (predicate: Record<string, string>, negate = 'false') => ({
      ...chain('Filter', { predicate: 'p', negate }),
      ...predicate,
    });
    const byTopic = (pattern: string) => ({
      'predicates.p.type': `${connect}.predicates.TopicNameMatches`,
      'predicates.p.pattern': pattern,
    });
    expect(await resultOf('t', filter(byTopic('con.*')))).toBeNull();
    expect(await resultOf('t', filter(byTopic('con')))).toEqual(value);
    expect(await resultOf('t', filter(byTopic('con'), 'true'))).toBeNull();
    const byHeader = (name: string) => ({
      'predicates.p.type': `${connect}.predicates.HasHeaderKey`,
      'predicates.p.name': name,
    });
    expect(await resultOf('t', filter(byHeader('tenant')))).toBeNull();
    expect(await resultOf('t', filter(byHeader('other')))).toEqual(value);
  });

  it('that filter tombstones become TOMBSTONES=skip', () => {
    const config = {
      ...chain('Filter', { predicate: 'p' }),
      'predicates.p.type': `${connect}.predicates.RecordIsTombstone`,
    };
    expect(translateTransforms('t', config)).toEqual({ settings: { TOMBSTONES: 'skip' } });
  });

  it('of Debezium that unwrap change events are not needed, but what becomes of deletes is asked', () => {
    const options = { 'delete.tombstone.handling.mode': 'rewrite', 'add.fields': 'op' };
    const config = chain('io.debezium.transforms.ExtractNewRecordState', options);
    const { settings, warning } = translateTransforms('t', config);
    expect(settings).toEqual({});
    expect(warning).toContain('Set TOMBSTONES to delete or skip');
    expect(warning).toContain('delete.tombstone.handling.mode, add.fields have no effect');
  });

  it('after a filter leave what it left out', async () => {
    const config = {
      transforms: 'f,i',
      ...{ 'transforms.f.type': `${connect}.Filter`, 'transforms.f.predicate': 'p' },
      'predicates.p.type': `${connect}.predicates.HasHeaderKey`,
      'predicates.p.name': 'test',
      'transforms.i.type': `${connect}.InsertField$Value`,
      ...{ 'transforms.i.static.field': 'LastName', 'transforms.i.static.value': 'v' },
    };
    const expression = String(translateTransforms('f,i', config).settings?.['TRANSFORM']);
    const run = (headers: object) => jsonata(expression).evaluate({ value: { a: 1 }, headers });
    expect(await run({ test: 'x' })).toBeUndefined();
    expect(await run({})).toEqual({ a: 1, LastName: 'v' });
  });

  it.each<[string, Record<string, string>, string]>([
    ['Cast$Value', { spec: 'Score:float64,Name:string' }, 't is not run, and not needed'],
    ['Cast$Value', { spec: 'Score:int32' }, 't changes values (Score:int32), which is not run'],
    ['Cast$Value', { spec: 'A:float32,B:boolean' }, 't changes values (A:float32, B:boolean)'],
    ['TimestampConverter$Value', { field: 'a', 'target.type': 'string' }, 't converts between'],
    [
      'TimestampConverter$Value',
      { field: 'a', 'target.type': 'Date', format: 'dd/MM/yyyy' },
      't converts between',
    ],
    ['ValueToKey', {}, 't is not run, and not needed'],
    ['RegexRouter', {}, `t (${connect}.RegexRouter) has no equivalent`],
    ['ReplaceField$Key', {}, 't changes the key and is not run'],
    ['com.acme.Odd$Value', {}, 't (com.acme.Odd$Value) has no equivalent'],
    ['io.confluent.connect.transforms.Filter$Value', {}, 'Filter$Value) has no equivalent'],
    ['io.debezium.transforms.Filter', {}, '(io.debezium.transforms.Filter) has no equivalent'],
    ['constructor', {}, `(${connect}.constructor) has no equivalent`],
  ])('%s %j has a warning', (type, properties, warning) => {
    const translated = translateTransforms('t', chain(type, properties));
    expect(translated.warning).toContain(warning);
    expect(translated.settings).toEqual({});
  });

  it('that filter without a predicate have a warning too', () => {
    const { warning } = translateTransforms('t', chain('Filter'));
    expect(warning).toContain('has no predicate, so it leaves out every record');
  });
});
