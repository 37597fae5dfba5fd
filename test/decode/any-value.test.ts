import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ValueFormat, valueFormats } from '../../src/config/settings.ts';
import { createDecode } from '../../src/decode/decode.ts';
import { Decimal, type Fields, type FieldValue } from '../../src/decode/decoded-record.ts';
import type { EventRecord } from '../../src/kafka/event.ts';
import { readEvent } from '../../src/kafka/records.ts';
import { errantCodes } from '../../src/record-error.ts';
import { anyCharacter } from '../support/any-character.ts';
import { eventOf, eventRecord } from '../support/event.ts';
import { everyType, generators, sameChance } from '../support/generated.ts';
import {
  csvOf,
  framed,
  knownSchemas,
  noDeadline,
  outcomesOf,
  recordsOf,
} from '../support/values.ts';

const ids = { avro: 1, json: 2 };
const schemas = knownSchemas({ 1: { text: everyType }, 2: { type: 'JSON', text: '{}' } });

const flush = async (values: readonly (string | Buffer | null)[], format: ValueFormat = 'auto') => {
  const decode = createDecode(format, schemas, { readsKeys: 'tombstones', changeEvents: 'auto' });
  const { records: rows, tombstones, errants } = await decode(recordsOf(values), noDeadline);
  const csv = csvOf(rows);
  return { document: csv.document, tombstones, errants: [...errants, ...csv.errants] };
};

/** The offsets of all records in a result, sorted. */
const accounted = ({
  document,
  tombstones,
  errants,
}: Awaited<ReturnType<typeof flush>>): number[] =>
  [
    ...(document?.rows ?? []).flatMap(({ records }) => records),
    ...[...tombstones, ...errants].map(({ record }) => record),
  ]
    .map(({ offset }) => offset)
    .sort((one, other) => one - other);

describe('any value', () => {
  it.each(Object.entries(generators(ids)))(
    'of %s goes through, 100,000 of them, to a row or an errant record',
    { timeout: 600_000 },
    async (_format, generate) => {
      const chance = sameChance();
      // Maps have keys as columns: a larger batch would have many more cells for its rows.
      for (let batch = 0; batch < 400; batch++) {
        const values = Array.from({ length: 250 }, () => generate(chance));
        const flushed = await flush(values);
        expect(accounted(flushed).join()).toBe([...values.keys()].join());
        if (flushed.document === null) continue;
        const [header, ...lines] = parse(flushed.document.text) as string[][];
        expect(header).toEqual(flushed.document.header);
        expect(lines).toHaveLength(flushed.document.rows.length);
      }
    },
  );

  const marked = fc.string({ unit: 'grapheme', maxLength: 5 }).map((text) => `pin-4711${text}`);
  const type = fc.constantFrom('struct', 'array', 'map', 'bytes', 'string', 'int64', 'double', 7);
  const field = fc.constantFrom('LastName', 'Account', 'scale', 'value');
  const name = fc.constantFrom(
    null,
    'org.apache.kafka.connect.data.Date',
    'org.apache.kafka.connect.data.Decimal',
    'io.debezium.data.VariableScaleDecimal',
    'io.debezium.time.ZonedTime',
  );
  /** Fields that are maps, whose keys are data, of what may be objects. */
  const few = { minKeys: 1, maxKeys: 2 };
  const inner = fc.oneof(fc.constantFrom(7, 'AQ=='), fc.dictionary(field, fc.constant(7), few));
  const ofMaps = fc.dictionary(field, fc.dictionary(marked, inner, few), few);
  const anything = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      marked,
      fc.constantFrom(null, true, 7, -1e300, 'NaN', '', 'AQ=='),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(field, tie('value')),
      ofMaps,
    ),
    schema: fc.oneof(
      { maxDepth: 3 },
      fc.record({ type, name, field, optional: fc.boolean(), default: tie('value') }),
      fc.record(
        {
          type,
          name,
          field,
          parameters: fc.constantFrom({ scale: '2' }, { scale: '9e9' }, null),
          fields: fc.array(tie('schema'), { maxLength: 3 }),
          items: tie('schema'),
          values: tie('schema'),
        },
        { requiredKeys: ['type'] },
      ),
    ),
  }));
  /** Connect writes a map as pairs too. The keys of a whole value are columns, which reasons name. */
  const isPairs = (value: unknown) =>
    Array.isArray(value) && value.some((item) => Array.isArray(item) && item.length === 2);
  const hasNoPairs = (schema: unknown) => !isPairs((schema as { default?: unknown }).default);
  const envelope = fc.record({
    schema: anything.schema.filter(hasNoPairs),
    payload: anything.value,
  });
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 40 }).map((noise) => Buffer.from(noise)),
    fc
      .tuple(fc.constantFrom(1, 2, 3), fc.uint8Array({ maxLength: 40 }))
      .map(([id, noise]) => framed(id, Buffer.from(noise))),
    anything.value.map((value) => framed(2, JSON.stringify(value))),
    fc.json({ stringUnit: anyCharacter }).map((text) => Buffer.from(text)),
    envelope.map((value) => Buffer.from(JSON.stringify(value))),
    anything.value.map((value) => Buffer.from(JSON.stringify(value))),
  );

  it('is in exactly one list, whatever the format, and is never quoted', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(bytes),
        fc.constantFrom(...valueFormats),
        async (values, format) => {
          const flushed = await flush(values, format);
          expect(accounted(flushed)).toEqual(values.map((_, offset) => offset));
          for (const { code, reason } of flushed.errants) {
            expect(errantCodes).toContain(code);
            expect(reason).not.toContain('pin-4711');
          }
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('adds its columns to the sorted header, whatever the order of the records', async () => {
    const chance = sameChance(7);
    const generate = Object.values(generators(ids));
    const values = Array.from({ length: 300 }, (_, n) => generate[n % 5]?.(chance) ?? '');
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(values, { minLength: 5, maxLength: 40 }),
        async (some) => {
          const { document } = await flush(some);
          const { document: backward } = await flush(some.toReversed());
          expect(document?.header).toEqual(backward?.header);
          if (document !== null) expect(document.header).toEqual([...document.header].sort());
        },
      ),
    );
  });
});

describe('any row', () => {
  const scalar: fc.Arbitrary<FieldValue> = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('a,b', '"', 'a\r\nb\rc\n', '=1+1', '#N/A', ' x ', '\t'),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.bigInt().map((integer) => new Decimal(String(integer))),
    fc.boolean(),
    fc.constant(null),
  );
  const related = fc.dictionary(fc.constantFrom('Ext__c', 'Name'), scalar, { minKeys: 1 });
  const fields = fc
    .tuple(
      fc.dictionary(fc.constantFrom('A', 'B__c', 'c', 'D1'), scalar, { minKeys: 1 }),
      fc.dictionary(fc.constantFrom('Account', 'Owner'), related),
    )
    .map(([own, others]) => ({ ...own, ...others }));

  /** The cells that a row must have, as values rather than text. */
  const flat = (row: Fields): [string, FieldValue][] =>
    Object.entries(row).flatMap(([name, value]) =>
      typeof value === 'object' && value !== null && !(value instanceof Decimal)
        ? Object.entries(value).map(([inner, item]): [string, FieldValue] => [
            `${name}.${inner}`,
            item as FieldValue,
          ])
        : [[name, value]],
    );

  /** The text of a cell; for a number any text that is that number. */
  function cellOf(value: FieldValue, cell: string): string {
    if (typeof value === 'number') return Number(cell) === value ? cell : String(value);
    if (value instanceof Decimal) return value.source;
    return value === null ? '' : String(value).replace(/\r\n?/g, '\n');
  }

  it('is parsed from the CSV unchanged', () => {
    fc.assert(
      fc.property(fc.array(fields, { minLength: 1, maxLength: 8 }), (given) => {
        const records = recordsOf(given.map(() => null));
        const rows = given.map((row, n) => ({
          record: records[n] as never,
          fields: row as Fields,
        }));
        const { document, errants } = csvOf(rows);
        expect(errants).toEqual([]);
        const read = parse(document?.text ?? '', { columns: true }) as Record<string, string>[];
        expect(read).toHaveLength(given.length);
        given.forEach((row, n) => {
          for (const [name, value] of flat(row as Fields)) {
            const cell = read[n]?.[name] ?? '';
            expect(cell).toBe(cellOf(value, cell));
          }
        });
      }),
      { numRuns: 500 },
    );
  });
});

it.each(['AVRO', 'PROTOBUF', 'JSON'])(
  'a value that Lambda has made JSON from %s is plain JSON, and a date in it is what is left of it',
  async (dataFormat) => {
    // The metadata names the format that the producer wrote.
    const metadata = { dataFormat, schemaId: '7' };
    const event = eventOf([
      {
        ...eventRecord({
          key: 'a2V5',
          value: { LastName: 'Okoye', Birthdate: 3711, Score__c: 12.5 },
        }),
        keySchemaMetadata: metadata,
        valueSchemaMetadata: metadata,
      } as EventRecord,
    ]);
    const { records } = readEvent(event);
    const [outcome] = await outcomesOf(records.map(({ value }) => value));
    expect(outcome).toEqual({ cells: { Birthdate: '3711', LastName: 'Okoye', Score__c: '12.5' } });
  },
);
