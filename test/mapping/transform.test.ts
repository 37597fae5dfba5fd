import { describe, expect, it } from 'vitest';
import type { Decode } from '../../src/decode/decode.ts';
import {
  CalendarDate,
  Decimal,
  type Fields,
  InvalidValue,
} from '../../src/decode/decoded-record.ts';
import { loadTransform, type Transform } from '../../src/mapping/transform.ts';
import { withTransform } from '../../src/mapping/transform-records.ts';
import { RecordError } from '../../src/record-error.ts';
import { Deadline } from '../../src/runtime/deadline.ts';
import { recordsOf } from '../support/values.ts';

const [kafkaRecord] = recordsOf(['{}']);

const input = {
  record: {
    ...kafkaRecord!,
    headers: [['tenant', Buffer.from('acme')] as const, ['empty', null] as const],
  },
  fields: { name: 'Ada', amount: new Decimal('1234567890123456789.5'), tags: ['a', 'b'] },
  key: () => 'K-1',
};

const evaluate = async (expression: string, fields: Fields = input.fields) =>
  (await loadTransform(expression))({ ...input, fields });

/** The code and reason of an expression that fails for the record. */
const failureOf = (expression: string, fields?: Fields) =>
  evaluate(expression, fields).then(
    () => null,
    (error: unknown) => (error instanceof RecordError ? `${error.code}: ${error.reason}` : error),
  );

describe('a transform', () => {
  it('has value, key, headers, coordinates and time of the record', async () => {
    const expression =
      '{"LastName": value.name, "Key": key, "Tenant": headers.tenant, "No": headers.empty,' +
      ' "At": topic & "-" & partition & "@" & offset, "Time": timestamp}';
    expect(await evaluate(expression)).toEqual({
      ...{ LastName: 'Ada', Key: 'K-1', Tenant: 'acme', No: null },
      ...{ At: 'contacts-0@0', Time: kafkaRecord!.timestamp },
    });
  });

  it('has the change event of a row, or null', async () => {
    const transform = await loadTransform('{"Table": event.source.table, "Is": $exists(event)}');
    const event = { op: 'c', source: { table: 'contact' } };
    expect(await transform({ ...input, event })).toEqual({ Table: 'contact', Is: true });
    const without = await loadTransform('event = null ? {"Is": "none"}');
    expect(await without(input)).toEqual({ Is: 'none' });
  });

  it('may take as long as it is given', async () => {
    const transform = await loadTransform('($f := function($x) { $f($x) }; $f(1))');
    await expect(transform(input, 5)).rejects.toThrow(
      'the expression ran longer than 5 ms: JSONata error D1012',
    );
  });

  it('passes on the lists that an expression makes, but for those of functions', async () => {
    const fields = { items: [{ name: 'a' }, { name: 'b' }] };
    const lists = await evaluate(
      '{"Names": value.items.name, "Keys": $keys({"x": 1, "y": 2}), "Deep": {"L": value.items.name}}',
      fields,
    );
    expect(JSON.parse(JSON.stringify(lists))).toEqual({
      ...{ Names: ['a', 'b'], Keys: ['x', 'y'], Deep: { L: ['a', 'b'] } },
    });
    expect(await failureOf('{"A": [1, $sum]}')).toBe('TRANSFORM_FAILED: "A" is a function');
  });

  it('makes text of typed values as a cell has it, by $string, also inside of lists and objects', async () => {
    const fields = {
      id: new Decimal('12345678901234567'),
      day: new CalendarDate(20_512),
      list: [new Decimal('12.50')],
    };
    const expression =
      '{"Id": "T-" & $string(value.id), "Day": $string(value.day), "All": $string(value),' +
      ' "None": $string(function($x) { $x }), "Inner": $string({"f": $sum}),' +
      ' "Plain": $string(17), "Pretty": $string({"a": 1}, true), "Joined": $join([value.id, value.day].$string(), "/")}';
    expect(await evaluate(expression, fields)).toEqual({
      ...{ Id: 'T-12345678901234567', Day: '2026-02-28', Plain: '17', Pretty: '{\n  "a": 1\n}' },
      All: '{"id":"12345678901234567","day":"2026-02-28","list":["12.5"]}',
      ...{ None: '', Inner: '{"f":""}' },
      Joined: '12345678901234567/2026-02-28',
    });
  });

  it('fails where & would make text of a typed value, and with the own error of an invalid one', async () => {
    expect(await failureOf('{"A": "T-" & value.amount}')).toBe(
      'TRANSFORM_FAILED: the expression makes text of a value with a type (decimal); use $string(…) for it',
    );
    const invalid = new InvalidValue({ code: 'DATE_INVALID', reason: 'the date is none' });
    for (const text of ['"D-" & value.d', '$string(value.d)', '$string(value)']) {
      expect(await failureOf(`{"A": ${text}}`, { d: invalid })).toContain('DATE_INVALID: ');
    }
  });

  it('keeps typed values in a copy with changes', async () => {
    const fields = { ...input.fields, deep: { day: new CalendarDate(7), list: [1] } };
    expect(await evaluate('value ~> |$|{"name": "Eve"}, "tags"|', fields)).toEqual({
      ...{ name: 'Eve', amount: fields.amount, deep: fields.deep },
    });
    expect(await evaluate('value ~> |deep|{"more": 1}|', fields)).toMatchObject({
      deep: { ...fields.deep, more: 1 },
    });
    expect(fields.name).toBe('Ada');
  });

  it('refuses a header that is not UTF-8 once it is read, and no other', async () => {
    const headers = [
      ['tenant', Buffer.from('acme')],
      ['id', Buffer.from([0x5a, 0xeb])],
    ] as const;
    const record = { ...kafkaRecord!, headers };
    const of = async (expression: string) =>
      (await loadTransform(expression))({ ...input, record });
    expect(await of('{"A": headers.tenant}')).toEqual({ A: 'acme' });
    await expect(of('{"A": headers.id}')).rejects.toMatchObject({
      ...{ code: 'TEXT_NOT_UTF8', reason: 'the header "id" is not UTF-8 text' },
    });
  });

  it('passes long numbers, lists and nested objects on unchanged', async () => {
    expect(await evaluate('value')).toEqual(input.fields);
    expect(
      await evaluate('{"A": value.amount, "T": value.tags, "P": {"Ext__c": value.name}}'),
    ).toEqual({
      ...{ A: new Decimal('1234567890123456789.5'), T: ['a', 'b'], P: { Ext__c: 'Ada' } },
    });
  });

  it.each(['nothing', 'null', 'value[name = "Bob"]', '$filter([1], function($x) { $x > 1 })'])(
    'leaves the record out with %s',
    async (expression) => {
      expect(await evaluate(expression)).toBeNull();
    },
  );

  it.each([
    ['[1, 2]', 'the expression returned a list, not an object'],
    ['"x"', 'the expression returned a single value, not an object'],
    ['7', 'the expression returned a single value, not an object'],
    ['value.amount', 'the expression returned a single value, not an object'],
    ['function($x) { $x }', 'the expression returned a function'],
    ['{"F": function($x) { $x }}', '"F" is a function'],
    ['{"A": {"B": [$sum]}}', '"B" is a function'],
  ])('%s is errant', async (expression, reason) => {
    expect(await failureOf(expression)).toContain(`TRANSFORM_FAILED: ${reason}`);
  });

  it.each([
    ['{"A": value.name + 1}', 'JSONata error T2001 at character 18 near "+"'],
    ['{"A": $number(value.name)}', 'JSONata error D3030 at character 14 near "number"'],
    ['{"A": $error(value.name)}', 'JSONata error D3137'],
    ['($f := function($x) { 1 + $f($x) }; $f(1))', 'JSONata error D1011'],
    ['($f := function($x) { $f($x) }; $f(1))', 'JSONata error D1012'],
    ['{"A": [1..1000000]}', 'JSONata error'],
  ])('%s fails for its record, with the place and without values', async (expression, place) => {
    const failure = await failureOf(expression, { name: 'secret-name' });
    expect(failure).toMatch(/^TRANSFORM_FAILED: the expression (failed|ran longer than 1000 ms): /);
    expect(failure).toContain(place);
    expect(failure).not.toContain('secret-name');
  });

  it('reports a key that cannot be read as such', async () => {
    const transform = await loadTransform('{"Key": key}');
    const key = () => {
      throw new RecordError('FRAME_INVALID', 'the key is odd');
    };
    await expect(transform({ ...input, key })).rejects.toThrow('FRAME_INVALID: the key is odd');
    const bare = await loadTransform('{"LastName": value.name}');
    expect(await bare({ ...input, key })).toEqual({ LastName: 'Ada' });
  });

  it.each([
    ['{"A": ', 'JSONata error S0203'],
    ['{"A": }', 'JSONata error S0211 at character 7 near "}"'],
  ])('%s is no expression, and fails at the start', async (expression, place) => {
    await expect(loadTransform(expression)).rejects.toThrow(
      `CONFIG_INVALID: TRANSFORM is not a JSONata expression: ${place}`,
    );
  });
});

describe('a decoder with a transform', () => {
  const unavailableValue = '__debezium_unavailable_value';
  const sink = { operation: 'upsert', tombstones: 'errant', unavailableValue } as const;
  const decoded = { ...input, fields: { name: 'Ada' } };
  const none = { records: [], tombstones: [], filtered: [], errants: [] };
  const decode: Decode = async () => ({ ...none, records: [decoded, decoded] });
  const at = (ms: number) => new Deadline({ now: () => 0, sleep: async () => undefined }, ms);

  it('starts no evaluation when no time is left', async () => {
    let evaluated = 0;
    const transform = async () => {
      evaluated += 1;
      return {};
    };
    await withTransform(decode, transform, sink)([], at(1));
    expect(evaluated).toBe(2);
    const late = withTransform(decode, transform, sink)([], at(0));
    await expect(late).rejects.toThrow('DEADLINE_REACHED: No time was left for TRANSFORM');
    expect(evaluated).toBe(2);
  });

  it('lacks the values that the source did not send, so that no text is made of the placeholder', async () => {
    const fields = {
      ...{ note: unavailableValue, tags: [unavailableValue], name: 'Ada', none: null },
      ...{
        acct: { note: unavailableValue, key: 'A' },
        map: { [unavailableValue]: unavailableValue },
      },
    };
    const batch: Decode = async () => ({
      ...none,
      records: [{ ...decoded, fields }],
      tombstones: [
        { ...decoded, fields, cause: 'the record is a delete' },
        { ...decoded, fields: null, cause: 'the record has no value' },
      ],
    });
    const all = 'value ? $merge([value, {"Upper": $uppercase(value.note)}]) : {"None": true}';
    const transform = await loadTransform(all);
    const expected = { name: 'Ada', none: null, acct: { key: 'A' } };
    const { records, tombstones } = await withTransform(batch, transform, {
      ...{ ...sink, tombstones: 'delete' },
    })([], at(1));
    expect(records.map((record) => record.fields)).toEqual([expected]);
    expect(tombstones.map((tombstone) => tombstone.fields)).toEqual([expected, { None: true }]);
    const kept = await withTransform(batch, transform, { ...sink, unavailableValue: '' })(
      [],
      at(1),
    );
    expect(kept.records[0]?.fields).toMatchObject({ Upper: unavailableValue.toUpperCase() });
  });

  it('costs records and not the flush when the expression loops for each', async () => {
    const records = 100;
    const many: Decode = async () => ({ ...none, records: Array(records).fill(decoded) });
    let now = 0;
    const clock = { now: () => now, sleep: async () => undefined };
    const limits: number[] = [];
    const looping: Transform = async (_record, limitMs = 0) => {
      limits.push(limitMs);
      now += limitMs;
      throw new RecordError('TRANSFORM_FAILED', 'it looped');
    };
    const deadline = new Deadline(clock, 60_000);
    const { errants } = await withTransform(many, looping, sink)([], deadline);
    expect(errants).toHaveLength(records);
    expect(limits.findIndex((limit) => limit < 1_000)).toBe(16);
    expect(Math.min(...limits)).toBeGreaterThan(100);
    // Half of the time remains for the job.
    expect(deadline.left()).toBeGreaterThan(29_000);
  });
});
