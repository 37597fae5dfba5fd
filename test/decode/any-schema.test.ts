import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compileAvro } from '../../src/decode/avro/compile.ts';
import { createDecode } from '../../src/decode/decode.ts';
import { errantCodes, RecordError } from '../../src/record-error.ts';
import { type Shape, schemaOf, shapes, writtenOf } from '../support/avro-shapes.ts';
import { csvOf, framed, knownSchemas, noDeadline, recordsOf } from '../support/values.ts';

const record = fc
  .array(shapes, { maxLength: 4 })
  .map((fields): Shape => ({ kind: 'record', fields }));

/** A schema and bytes that were encoded with it. */
const fitting = record.chain((shape) =>
  fc.record({ schema: fc.constant(schemaOf(shape)), bytes: writtenOf(shape) }),
);

/** Replaces a part of the bytes, mostly by nothing or by continuation bytes. */
const damage = fc.record({
  at: fc.nat(200),
  length: fc.nat(5),
  piece: fc.oneof(
    fc.uint8Array({ maxLength: 8 }),
    fc.constantFrom(new Uint8Array(0), new Uint8Array(80).fill(0x80), new Uint8Array(9).fill(0xff)),
  ),
});

const damaged = fc.tuple(fitting, damage).map(([{ schema, bytes }, { at, length, piece }]) => {
  const from = at % (bytes.length + 1);
  const parts = [bytes.subarray(0, from), piece, bytes.subarray(from + length)];
  return { schema, bytes: Buffer.concat(parts) };
});

/** The number of values in a value, including itself. */
function sizeOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce((sum: number, item) => sum + sizeOf(item), 1);
}

/** Decodes a value; the code of the error if it throws one. */
function read(schema: string, bytes: Buffer): { value: unknown } | { code: string } {
  try {
    return { value: compileAvro([schema])(bytes, 0) };
  } catch (error) {
    expect(error).toBeInstanceOf(RecordError);
    return { code: (error as RecordError).code };
  }
}

it('bytes that match their schema are decoded, except what no cell can hold', () => {
  fc.assert(
    fc.property(fitting, ({ schema, bytes }) => {
      const outcome = read(schema, bytes);
      if (!('code' in outcome)) return;
      expect(outcome.code).toMatch(/^(DATE_OUT_OF_RANGE|NUMBER_OUT_OF_RANGE|LIST_ITEM_INVALID)$/);
    }),
    { numRuns: 1_500 },
  );
});

it('damaged bytes never yield more values than they can hold', () => {
  fc.assert(
    fc.property(damaged, ({ schema, bytes }) => {
      const outcome = read(schema, bytes);
      if ('code' in outcome) return;
      expect(sizeOf(outcome.value)).toBeLessThanOrEqual((bytes.length + 1) * schema.length);
    }),
    { numRuns: 1_500 },
  );
});

it('every value of every schema becomes a row or errant, and is never quoted', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(fitting, damaged), async ({ schema, bytes }) => {
      const schemas = knownSchemas({ 1: { text: schema } });
      const decode = createDecode('avro', schemas);
      const { records: rows, errants } = await decode(recordsOf([framed(1, bytes)]), noDeadline);
      const csv = csvOf(rows);
      const reported = [...errants, ...csv.errants];
      expect(reported.length + (csv.document?.rows.length ?? 0)).toBe(1);
      for (const { code, reason } of reported) {
        expect(errantCodes).toContain(code);
        expect(reason).not.toContain('pin-4711');
        expect(reason.length).toBeLessThan(600);
      }
    }),
    { numRuns: 1_500 },
  );
});
