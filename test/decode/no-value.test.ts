import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDecode } from '../../src/decode/decode.ts';
import { RecordError } from '../../src/record-error.ts';
import { rowsOf } from '../support/tables.ts';
import { framed, knownSchemas, noDeadline, outcomesOf, recordsOf } from '../support/values.ts';

const contact = '{"type":"record","name":"C","fields":[{"name":"LastName","type":"string"}]}';
const schemas = knownSchemas({
  1: { text: '"null"' },
  2: { text: `["null",${contact}]` },
  3: { type: 'JSON', text: '{}' },
});

const [, , , , deleted] = readFileSync(
  new URL('fixtures/debezium/unwrapped.jsonl', import.meta.url),
  'utf8',
)
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as { key: string; value: string });

/** Decodes the keys of tombstones too. */
const withKeys = { readsKeys: 'tombstones', changeEvents: 'auto' } as const;

const envelope = (schema: object | null) => JSON.stringify({ schema, payload: null });
const struct = { type: 'struct', fields: [{ field: 'Value', type: 'string' }] };
const withDefault = { ...struct, default: { Value: 'low' } };

/** Every form of a record without a value, and values that resemble one. */
const forms: Readonly<Record<string, string | Buffer | null>> = {
  'no value': null,
  'JSON null': 'null',
  'JSON null with blanks': ' \t\r\nnull\n',
  'JSON null in an envelope': deleted?.value ?? '',
  'JSON null in an envelope without a schema': envelope(null),
  'JSON null of a required schema': envelope(struct),
  'JSON null of a schema with a default': envelope(withDefault),
  'JSON null of an optional schema with a default': envelope({ ...withDefault, optional: true }),
  'Avro null': framed(1, ''),
  'Avro null in a union': framed(2, Buffer.of(0)),
  'JSON Schema null': framed(3, ' null'),
  'rewritten delete': '{"LastName":"Okoye","__deleted":"true"}',
  'rewritten delete, boolean': '{"LastName":"Okoye","__deleted":true}',
  'zero bytes': '',
  'text of null': '"null"',
  'an empty object': '{}',
};

describe('a record without a value', () => {
  it.each(rowsOf('A record without a value'))('%s, such as %s: %s', async (form, _value, cell) => {
    expect(forms).toHaveProperty([form]);
    const [outcome = {}] = await outcomesOf([forms[form] ?? null], { schemas });
    if ('tombstone' in outcome) expect('a tombstone').toBe(cell);
    else if ('code' in outcome) expect(`errant: \`${outcome.code}\``).toBe(cell);
    else expect(outcome).toEqual({ cells: { Value: cell.slice(1, -1) } });
  });

  it('the document has every form', () => {
    const documented = rowsOf('A record without a value').map(([form]) => form);
    expect(documented).toEqual(Object.keys(forms));
  });

  it.each(['JSON null', 'JSON null in an envelope'])(
    'is one in connect-json too: %s',
    async (form) => {
      const given = [forms[form] ?? null];
      expect(await outcomesOf(given, { format: 'connect-json' })).toEqual([{ tombstone: true }]);
    },
  );

  it('is null, not an envelope, with VALUE_FORMAT=json', async () => {
    expect(await outcomesOf(['null', envelope(null)], { format: 'json' })).toEqual([
      { tombstone: true },
      { cells: { schema: '', payload: '' } },
    ]);
  });

  it('is errant in an envelope whose schema is not a schema', async () => {
    expect(await outcomesOf(['{"schema":7,"payload":null}'])).toMatchObject([
      { code: 'ENVELOPE_INVALID' },
    ]);
  });

  it('keeps the fields of a rewritten delete', async () => {
    const values = [forms['rewritten delete'] ?? null, '{"LastName":"Ada","__deleted":"false"}'];
    const { records: rows, tombstones } = await createDecode('auto', knownSchemas(null))(
      recordsOf(values),
      noDeadline,
    );
    expect(tombstones).toMatchObject([{ fields: { LastName: 'Okoye' } }]);
    expect(rows).toMatchObject([{ fields: { LastName: 'Ada' } }]);
  });
});

describe('the key of a record without a value', () => {
  const id = '003Em0000000001AAA';
  const keySchemas = () => {
    const requested: number[] = [];
    const texts: Record<number, object> = {
      1: { text: '"string"' },
      2: { text: '{"type":"record","name":"K","fields":[{"name":"Id","type":"string"}]}' },
      3: { type: 'JSON', text: '{}' },
    };
    const given = new Proxy(texts, {
      get: (known, name) => {
        requested.push(Number(name));
        return Reflect.get(known, name);
      },
    });
    return { requested, schemas: knownSchemas(given) };
  };
  const avroText = Buffer.concat([Buffer.of(id.length * 2), Buffer.from(id)]);

  const read = async (
    key: Buffer | string | null,
    registry: ReturnType<typeof keySchemas> | null,
  ) => {
    const bytes = key === null ? null : Buffer.from(key);
    const records = recordsOf([null]).map((record) => ({ ...record, key: bytes }));
    const decode = createDecode('auto', registry?.schemas ?? knownSchemas(null), withKeys);
    const { tombstones } = await decode(records, noDeadline);
    return tombstones[0]?.key();
  };

  it.each([
    ['none', null, null],
    ['an empty one', '', ''],
    ['a JSON null', ' null\n', null],
    ['a JSON null in an envelope', '{"schema":null,"payload":null}', null],
    ['a JSON text of null', '"null"', 'null'],
    ['a text, with its spaces', ' K 1\n', ' K 1\n'],
    ['a JSON number with spaces', ' 7\n', '7'],
    ['a number, whose digits stay', '012345678901234', '012345678901234'],
    ['a JSON text', `"${id}"`, id],
    ['an object', `{"Id":"${id}"}`, { Id: id }],
    ['an envelope of a text', `{"schema":{"type":"string"},"payload":"${id}"}`, id],
    ['an envelope of a struct, as Debezium writes it', deleted?.key ?? '', { id: 7 }],
    ['an envelope without a schema', `{"schema":null,"payload":{"Id":"${id}"}}`, { Id: id }],
    ['broken JSON', '{"Id":', '{"Id":'],
    ['Avro of a text', framed(1, avroText), id],
    ['Avro of a record', framed(2, avroText), { Id: id }],
    ['JSON of a schema', framed(3, `{"Id":"${id}"}`), { Id: id }],
  ])('is decoded: %s', async (_form, key, value) => {
    expect(await read(key, keySchemas())).toEqual(value);
  });

  it('is decoded or has a reason that does not quote it, whatever its bytes', async () => {
    const marked = fc.constantFrom(
      'pin-4711',
      '{"Id":"pin-4711"',
      '"pin-4711"',
      '\0\0\0\0\x09pin-4711',
    );
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 40 }).map((noise) => Buffer.from(noise)),
      fc.uint8Array({ maxLength: 40 }).map((noise) => framed(2, Buffer.from(noise))),
      fc.json().map((text) => Buffer.from(text)),
      marked.map((text) => Buffer.from(text)),
    );
    await fc.assert(
      fc.asyncProperty(bytes, async (key) => {
        const error = await read(key, keySchemas()).then(
          () => null,
          (thrown: unknown) => thrown,
        );
        if (error === null) return;
        expect(error).toBeInstanceOf(RecordError);
        expect(String(error)).not.toContain('pin-4711');
      }),
      { numRuns: 500 },
    );
  });

  it('is not decoded in an unsupported frame, or without its registry or its schema', async () => {
    const glue = Buffer.concat([Buffer.of(3, 0), Buffer.alloc(16, 7), Buffer.from(id)]);
    await expect(read(glue, null)).rejects.toThrow(/the key .*AWS Glue/);
    await expect(read(framed(1, avroText), null)).rejects.toThrow(/the key .*SCHEMA_REGISTRY_URL/);
    await expect(read(framed(9, avroText), keySchemas())).rejects.toThrow(/^SCHEMA_UNKNOWN/);
    await expect(read(framed(1, 'x'), keySchemas())).rejects.toThrow(/^AVRO_INVALID: schema 1/);
  });

  it('has its schema fetched for tombstones of delete sinks only', async () => {
    const records = recordsOf([null, '{"LastName":"a"}', null]).map((record) => ({
      ...record,
      key: framed(record.offset + 1, avroText),
    }));
    const { requested, schemas: known } = keySchemas();
    await createDecode('auto', known)(records, noDeadline);
    expect(requested).toEqual([]);
    await createDecode('json', known, withKeys)(records, noDeadline);
    expect(requested).toEqual([1, 3]);
  });
});
