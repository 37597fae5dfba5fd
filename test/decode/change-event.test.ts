import { describe, expect, it } from 'vitest';
import { changeOf } from '../../src/decode/change-event.ts';
import type { Fields } from '../../src/decode/decoded-record.ts';
import { RecordError } from '../../src/record-error.ts';

const source = { connector: 'postgresql', table: 'contact' };
const row = { id: 1, last_name: 'Ada' };

const codeOf = (fields: Fields): string => {
  try {
    return changeOf(fields).kind;
  } catch (error) {
    if (error instanceof RecordError) return `${error.code}: ${error.reason}`;
    throw error;
  }
};

describe('a change event', () => {
  it.each(['c', 'r', 'u'])('with op %s is the row after the change', (op) => {
    const event = { before: null, after: row, source, op, ts_ms: 1 };
    expect(changeOf(event)).toEqual({ kind: 'row', fields: row, isUpdate: op === 'u', event });
  });

  it('with op d is a delete, with the row before it where the event has one', () => {
    expect(changeOf({ before: row, after: null, source, op: 'd' })).toMatchObject({
      kind: 'delete',
      fields: row,
    });
    for (const event of [{ before: null, after: null }, { after: null }]) {
      expect(changeOf({ ...event, source, op: 'd' })).toMatchObject({
        kind: 'delete',
        fields: null,
      });
    }
  });

  it('of MongoDB is the document that it has as text, in extended JSON', () => {
    const after =
      '{"_id":{"$oid":"596e275826f08b2730779e1f"},"name":"Ada","visits":{"$numberLong":"9007199254740993"}}';
    expect(changeOf({ after, updateDescription: null, source, op: 'c' })).toMatchObject({
      kind: 'row',
      fields: {
        ...{ _id: '596e275826f08b2730779e1f', name: 'Ada' },
        visits: { source: '9007199254740993' },
      },
    });
    const before = after;
    expect(changeOf({ before, after: null, source, op: 'd' })).toMatchObject({
      ...{ kind: 'delete', fields: { name: 'Ada' } },
    });
    expect(changeOf({ before: 'text', after: null, source, op: 'd' })).toMatchObject({
      ...{ kind: 'delete', fields: null },
    });
  });

  it.each([
    [{ op: 't', before: null, after: null }, /^CHANGE_EVENT_UNSUPPORTED: .*truncates/],
    [{ op: 'm', message: { prefix: 'x' } }, /^CHANGE_EVENT_UNSUPPORTED: .*message/],
    [{ op: 'c', before: null, after: null }, /^CHANGE_EVENT_INVALID: .*"c" and no row in "after"/],
    [{ op: 'u', before: row }, /^CHANGE_EVENT_INVALID/],
    [{ op: 'r', after: 'text' }, /^CHANGE_EVENT_INVALID/],
  ])('%j has no row', (event, code) => {
    expect(codeOf({ ...event, source })).toMatch(code);
  });
});

describe('an object that only resembles a change event is a row', () => {
  it.each<[string, Fields]>([
    ['without a source', { op: 'c', after: row }],
    ['with a source that is text', { op: 'c', source: 'web', after: row }],
    ['with another op', { op: 'x', source, after: row }],
    ['with an op that is a number', { op: 1, source, after: row }],
    ['without before and after', { op: 'c', source, LastName: 'Ada' }],
    ['with inherited names', Object.create({ op: 'c', source, after: row }) as Fields],
  ])('%s', (_what, fields) => {
    expect(changeOf(fields)).toEqual({ kind: 'row', fields, isUpdate: false });
  });
});
