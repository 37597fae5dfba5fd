import { describe, expect, it } from 'vitest';
import { formatOf } from '../../src/csv/field-format.ts';
import { rowsOf } from '../support/tables.ts';
import {
  fixtureLines,
  framed,
  knownSchemas,
  type Outcome,
  outcomeOfProtobuf,
  outcomesOf,
} from '../support/values.ts';

const code = (text: string): string => `\`${text.replaceAll('\n', '\\n')}\``;

/** Formats an outcome as the document does. */
function shown(outcome: Outcome): string {
  if ('tombstone' in outcome) return 'a tombstone';
  if ('code' in outcome) return `errant: ${code(outcome.code)}`;
  const cells = Object.entries(outcome.cells).filter(([name]) => name !== 'LastName');
  if (cells.length === 0) return 'no column';
  const [[name, cell] = ['', '']] = cells;
  if (name === 'Value') return cell === '' ? 'empty' : code(cell);
  return cells.map(([name, cell]) => `${code(name)} is ${code(cell)}`).join(', ');
}

const only = async (outcomes: Promise<Outcome[]>): Promise<string> =>
  shown((await outcomes)[0] as Outcome);

describe('schemaless JSON becomes what docs/VALUES.md says', () => {
  it.each(rowsOf('JSON'))('%s, such as %s: %s', async (_type, example, cell) => {
    const value = `{"LastName":"Okoye","Value":${example.slice(1, -1)}}`;
    expect(await only(outcomesOf([value]))).toBe(cell);
    expect(await only(outcomesOf([value], { format: 'json' }))).toBe(cell);
  });
});

describe('a value takes the format of its field, as docs/VALUES.md says', () => {
  const plain = { Date: 'int32', MicroTime: 'int64', Timestamp: 'int64', Decimal: 'bytes' };

  /** The value in an envelope whose schema has this name, or as plain JSON. */
  function recordOf(name: string, example: string): string {
    if (!name.includes('.')) return `{"LastName":"Okoye","Value":${example}}`;
    const [kind = ''] = name.split('.').slice(-1);
    const type = Object.entries(plain).find(([known]) => known === kind)?.[1] ?? 'string';
    const fields = [
      { field: 'LastName', type: 'string' },
      { field: 'Value', type, name, parameters: { scale: '2' } },
    ];
    const schema = JSON.stringify({ type: 'struct', fields });
    return `{"schema":${schema},"payload":{"LastName":"Okoye","Value":${example}}}`;
  }

  it.each(rowsOf('Forms of fields'))('%s, such as %s: %s', async (type, example, cell) => {
    const [, name = '', field = ''] = /^(\S+).* into (\w+)/.exec(type) ?? [];
    const rules = { formatOf: () => formatOf(field), omitsRelationship: () => false };
    const value = recordOf(name, example.slice(1, -1));
    expect(await only(outcomesOf([value], { rules }))).toBe(cell);
  });
});

describe("what Kafka's JsonConverter writes becomes what docs/VALUES.md says", () => {
  const fixtures = new Map(
    fixtureLines('connect/envelopes.tsv').map(([name, value]) => [name, value as string]),
  );

  it.each(rowsOf('Connect JSON with schemas'))(
    '%s, such as %s: %s',
    async (type, _example, cell) => {
      const value = fixtures.get(type) ?? '';
      expect(await only(outcomesOf([value]))).toBe(cell);
      expect(await only(outcomesOf([value], { format: 'connect-json' }))).toBe(cell);
    },
  );

  it('the document has every type of the converter', () => {
    const types = rowsOf('Connect JSON with schemas').map(([type]) => type);
    const whole = [
      'a contact',
      'a contact without its schema',
      'a value without a schema',
      'a string',
    ];
    expect([...types, ...whole].toSorted()).toEqual([...fixtures.keys()].toSorted());
  });

  it('a whole contact becomes a row', async () => {
    const [contact, schemaless, text] = await outcomesOf(
      ['a contact', 'a value without a schema', 'a string'].map((name) => fixtures.get(name) ?? ''),
    );
    const cells = { Birthdate: '1980-02-29', LastName: 'Okoye', Score__c: '12.5' };
    expect(contact).toEqual({ cells });
    expect(schemaless).toEqual({ cells: { LastName: 'Okoye' } });
    expect(text).toMatchObject({ code: 'VALUE_NOT_OBJECT' });
  });
});

describe('what Apache Avro writes becomes what docs/VALUES.md says', () => {
  const fixtures = new Map(
    fixtureLines('avro/values.tsv').map(([name, schema, value]) => [name, { schema, value }]),
  );

  it.each(rowsOf('Avro'))('%s, such as %s: %s', async (type, _example, cell) => {
    const { schema: text = '', value = '' } = fixtures.get(type) ?? {};
    const schemas = knownSchemas({ 7: { text } });
    const bytes = framed(7, Buffer.from(value, 'base64'));
    expect(await only(outcomesOf([bytes], { schemas }))).toBe(cell);
    expect(await only(outcomesOf([bytes], { schemas, format: 'avro' }))).toBe(cell);
  });

  it('the document has every type of the specification', () => {
    const types = rowsOf('Avro').map(([type]) => type);
    expect(types.toSorted()).toEqual([...fixtures.keys()].toSorted());
  });
});

describe("what Google's Protobuf writes becomes what docs/VALUES.md says", () => {
  const fixtures = new Map(
    fixtureLines('protobuf/values.tsv').map(([name, text = '', value = '', descriptor = '']) => [
      name,
      { schemas: [text.replaceAll('\\n', '\n'), descriptor], value: Buffer.from(value, 'base64') },
    ]),
  );

  it.each(rowsOf('Protobuf'))('%s, such as %s: %s', async (type, _example, cell) => {
    const { schemas, value } = fixtures.get(type) ?? expect.fail();
    for (const schema of schemas) expect(shown(await outcomeOfProtobuf(schema, value))).toBe(cell);
  });

  it('the document has every case of the fixture', () => {
    const types = rowsOf('Protobuf').map(([type]) => type);
    expect(types.toSorted()).toEqual([...fixtures.keys()].toSorted());
  });
});

describe("what MongoDB's driver writes for Debezium becomes what docs/VALUES.md says", () => {
  const fixtures = new Map(
    fixtureLines('mongodb/values.tsv').map(([name, ...documents]) => [name, documents]),
  );

  it.each(rowsOf("MongoDB's documents"))('%s, such as %s: %s', async (type, _example, cell) => {
    // As in a value and as in a key, which must find the same row.
    for (const after of fixtures.get(type) ?? expect.fail()) {
      const event = JSON.stringify({ before: null, after, source: {}, op: 'c' });
      expect(await only(outcomesOf([event]))).toBe(cell);
    }
  });

  it('the document has every type of the fixture', () => {
    const types = rowsOf("MongoDB's documents").map(([type]) => type);
    expect(types.toSorted()).toEqual([...fixtures.keys()].toSorted());
  });
});
