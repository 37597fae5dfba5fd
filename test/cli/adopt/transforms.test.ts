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
    const config = chain('ExtractField$Value', { field: 'after' });
    expect(await resultOf('t', config, { after: value })).toEqual(value);
  });

  it('run in their order', async () => {
    const config = {
      ...chain('ExtractField$Value', { field: 'after' }),
      'transforms.u.type': `${connect}.ReplaceField$Value`,
      ...{ 'transforms.u.exclude': 'secret,note', 'transforms.u.renames': 'id:Key' },
    };
    expect(await resultOf('t,u', config, { after: value })).toEqual({ Key: 7, name: 'Ada' });
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

  it.each([
    ['Cast$Value', 't: t is not run, and not needed'],
    ['TimestampConverter$Value', 't: t is not run, and not needed'],
    ['ValueToKey', 't: t is not run, and not needed'],
    ['RegexRouter', 't: t (RegexRouter) has no equivalent'],
    ['ReplaceField$Key', 't: t changes the key and is not run'],
    ['com.acme.Odd$Value', 't: t (Odd) has no equivalent'],
    ['constructor', 't: t (constructor) has no equivalent'],
  ])('%s has a warning', (type, warning) => {
    const translated = translateTransforms('t', chain(type, { field: 'a' }));
    expect(translated.warning).toContain(warning);
    expect(translated.settings).toEqual({});
  });
});
