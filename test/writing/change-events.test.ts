import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { EventRecord } from '../../src/kafka/event.ts';
import { useEmulator } from '../support/emulator.ts';
import { eventRecord } from '../support/event.ts';
import { rowsOf } from '../support/tables.ts';
import { operations, writerTo } from './support/write.ts';

const org = await useEmulator();

interface Line {
  readonly key: string;
  readonly value: string | null;
}

/** Keys and values of a topic as Debezium wrote them, see the README beside the file. */
const recorded = readFileSync('test/decode/fixtures/debezium/envelope.jsonl', 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Line);

const base64 = (text: string) => Buffer.from(text).toString('base64');

const recordsOf = (lines: readonly Line[]): EventRecord[] =>
  lines.map(({ key, value }, offset) => ({
    ...eventRecord({ offset }),
    key: base64(key),
    ...(value === null ? {} : { value: base64(value) }),
  }));

/** What a user of the recorded table maps; all other columns are dropped. */
const settings = {
  ...operations.upsert,
  UNKNOWN_FIELDS: 'drop',
  FIELD_MAP: '{"id":"ExternalId__c","last_name":"LastName","email":"Email","amount":"Score__c"}',
};

const contacts = () =>
  org
    .records('Contact')
    .map(({ ExternalId__c, LastName, Email, Score__c }) => [
      ExternalId__c,
      LastName,
      Email,
      Score__c,
    ]);

describe("Debezium's change events", () => {
  it('are written as the rows of their table, deletes skipped', async () => {
    const { write } = writerTo(org, { ...settings, TOMBSTONES: 'skip' });
    const written = await write(recordsOf(recorded));
    expect(written).toMatchObject({
      ...{ error: null, errant: [] },
      line: { message: 'flush written', rows: 5, tombstones: 2 },
    });
    expect(contacts()).toEqual([
      ['1', 'Okoye', 'Okoye@Example.com', 12.3],
      ['2', 'Inf', undefined, undefined],
      ['3', 'BC', undefined, undefined],
      ['4', 'trunc', undefined, undefined],
    ]);
  });

  it('are errant where they delete, with the reason', async () => {
    const { write, log } = writerTo(org, settings);
    const { errant } = await write(recordsOf(recorded));
    expect(errant).toEqual(['0@4 TOMBSTONE', '0@5 TOMBSTONE']);
    const reasons = log.lines.flatMap(({ message, ...line }) =>
      message === 'errant record' ? [line['reason']] : [],
    );
    expect(reasons).toEqual([
      'the record is a delete ("op" is "d"), and upsert deletes only with TOMBSTONES=delete',
      'the record has no value, and upsert deletes only with TOMBSTONES=delete',
    ]);
  });

  it('delete their rows with TOMBSTONES=delete', async () => {
    const { write } = writerTo(org, { ...settings, TOMBSTONES: 'delete' });
    expect(await write(recordsOf(recorded))).toMatchObject({ error: null, errant: [] });
    expect(contacts().map(([id]) => id)).toEqual(['1', '2', '4']);
  });

  it('that update are errant in an insert sink', async () => {
    const { SALESFORCE_EXTERNAL_ID_FIELD: _, ...others } = settings;
    const { write } = writerTo(org, { ...others, ...operations.insert, TOMBSTONES: 'skip' });
    const { errant } = await write(recordsOf(recorded));
    expect(errant).toEqual(['0@3 UPDATE_NEEDS_UPSERT']);
  });

  it('without a schema and with one are the same', async () => {
    const bare = recorded.map(({ key, value }) => {
      const payload = value === null ? null : (JSON.parse(value) as { payload: unknown }).payload;
      return { key, value: payload === null ? null : JSON.stringify(payload) };
    });
    const plain = { ...settings, FIELD_MAP: '{"id":"ExternalId__c","last_name":"LastName"}' };
    const { write } = writerTo(org, { ...plain, TOMBSTONES: 'skip' });
    expect(await write(recordsOf(bare))).toMatchObject({ error: null, errant: [] });
    expect(contacts().map(([key, name]) => [key, name])).toEqual([
      ['1', 'Okoye'],
      ['2', 'Inf'],
      ['3', 'BC'],
      ['4', 'trunc'],
    ]);
  });

  it('are objects like any other with CHANGE_EVENTS=off', async () => {
    const { write } = writerTo(org, { ...settings, CHANGE_EVENTS: 'off', TOMBSTONES: 'skip' });
    const { errant } = await write(recordsOf(recorded.slice(0, 1)));
    expect(errant).toEqual(['0@0 VALUE_WITHOUT_FIELDS']);
  });

  it.each(rowsOf('Change events'))(
    'with op %s (%s) become what the document says',
    async (op, _change, text) => {
      const value = { before: null, after: { LastName: 'Ada' }, source: {}, op: op.slice(1, -1) };
      const record = eventRecord({ value: value.op === 'd' ? { ...value, after: null } : value });
      const upsert = { ...settings, FIELD_MAP: '{}', SALESFORCE_OPERATION: 'insert' };
      const { SALESFORCE_EXTERNAL_ID_FIELD: _, ...insert } = upsert;
      const { errant } = await writerTo(org, insert).write([record]);
      const [, code] = /errant: `(\w+)`/.exec(text) ?? [];
      const expected = text.startsWith('a tombstone') ? 'TOMBSTONE' : code;
      expect(errant).toEqual(expected === undefined ? [] : [`0@0 ${expected}`]);
      expect(org.records('Contact')).toHaveLength(expected === undefined ? 1 : 0);
    },
  );
});
