import { isDeepStrictEqual } from 'node:util';
import { fromBinary } from '@bufbuild/protobuf';
import { expect, it } from 'vitest';
import { type FieldValue, InvalidValue, isFields } from '../../../src/decode/decoded-record.ts';
import { compileProtobuf } from '../../../src/decode/protobuf/compile.ts';
import { RecordError } from '../../../src/record-error.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { everything, everythingText } from './everything.ts';
import { expectedValue } from './expected-value.ts';
import { randomMessage } from './random-message.ts';

/** `PROTOBUF_MESSAGES=100000 npx vitest run test/decode/protobuf/random.test.ts`. */
const count = Number(process.env['PROTOBUF_MESSAGES'] ?? 3_000);
const seed = Number(process.env['PROTOBUF_SEED'] ?? 1);
const message = { indexes: [0] };

/** Reasons are not compared, and floats by their 32 bits. */
function comparable(value: FieldValue): FieldValue {
  if (value instanceof InvalidValue) return value.code;
  if (Array.isArray(value)) return value.map(comparable);
  if (!isFields(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      name === 'float_value' ? Math.fround(item as number) : comparable(item),
    ]),
  );
}

it(`${count} random messages are what @bufbuild/protobuf reads`, {
  timeout: 3_600_000,
}, async () => {
  const { decode } = compileProtobuf({ text: everythingText, references: [] });
  const draw = seededRandom(seed);
  for (let n = 0; n < count; n++) {
    const bytes = Buffer.from(randomMessage(everything, draw));
    const read = comparable(decode(bytes, 0, message));
    const expected = comparable(expectedValue(everything, fromBinary(everything, bytes)));
    if (!isDeepStrictEqual(read, expected)) {
      expect.soft(read, `message ${n}: ${bytes.toString('hex')}`).toEqual(expected);
      break;
    }
  }
});

it('changed bytes of random messages are read or throw record errors without values', async () => {
  const { decode } = compileProtobuf({ text: everythingText, references: [] });
  const draw = seededRandom(seed);
  const whole = (below: number) => Math.floor(draw() * below);
  for (let n = 0; n < count; n++) {
    const bytes = Buffer.from(randomMessage(everything, draw));
    if (bytes.length === 0) continue;
    const cut = bytes.subarray(0, draw() < 0.3 ? whole(bytes.length) : bytes.length);
    for (let changes = whole(4); changes > 0 && cut.length > 0; changes--) {
      cut[whole(cut.length)] = whole(256);
    }
    try {
      decode(cut, 0, message);
    } catch (error) {
      expect(error).toBeInstanceOf(RecordError);
      const { code, reason } = error as RecordError;
      expect(['PROTOBUF_INVALID', 'NESTING_TOO_DEEP', 'TEXT_NOT_UTF8']).toContain(code);
      expect(reason).not.toContain('4711');
    }
  }
});
