import type { Fields, FieldValue } from '../decoded-record.ts';
import { withField } from '../field-path-error.ts';
import { valueOrInvalid } from '../invalid-value.ts';
import type { Level, MessageType } from './message-type.ts';
import { checkDepth, throwInvalid, type WireReader } from './wire.ts';

/** More than any row has: absent fields cost memory that the bytes do not show. */
export const maxFields = 1_000_000;

function checkBudget({ budget }: Level, fields: number): void {
  budget.fields -= fields;
  if (budget.fields < 0) throwInvalid(`the messages have more than ${maxFields} fields`);
}

/** Reads the occurrences of all fields, by position. */
function collectFields(type: MessageType, input: WireReader, level: Level): unknown[] {
  const { fields, positions } = type;
  const collected: unknown[] = new Array(fields.length);
  let name: string | null = null;
  try {
    while (input.pos < input.end) {
      name = null;
      const tag = input.tag();
      const position = positions.get(tag >>> 3) ?? -1;
      const field = fields[position];
      if (field?.fits(tag & 7) !== true) {
        input.skip(tag);
        continue;
      }
      name = field.name;
      collected[position] = field.collect(input, collected[position], level);
      for (const sibling of field.siblings) collected[sibling] = undefined;
    }
  } catch (error) {
    throw name === null ? error : withField(error, name);
  }
  return collected;
}

/**
 * Reads the fields of a message up to the end of the input, in the order of the schema. Throws a
 * `FieldPathError`, and the record errors `PROTOBUF_INVALID` and `NESTING_TOO_DEEP`.
 */
export function readFields(type: MessageType, input: WireReader, level: Level): Fields {
  checkDepth(level.depth);
  checkBudget(level, type.fields.length);
  const collected = collectFields(type, input, level);
  const fields: Record<string, FieldValue> = {};
  let name = '';
  try {
    let position = 0;
    for (const field of type.fields) {
      name = field.name;
      const found = collected[position++];
      const value = found === undefined ? field.absent() : field.value(found, level);
      if (value !== undefined) fields[name] = value;
    }
  } catch (error) {
    throw withField(error, name);
  }
  return fields;
}

/**
 * Reads a message up to the end of the input. A well-known type that has no value becomes an
 * `InvalidValue`. Throws like `readFields`.
 */
export function readMessage(type: MessageType, input: WireReader, level: Level): FieldValue {
  const fields = readFields(type, input, level);
  const { convert } = type;
  return convert === null ? fields : valueOrInvalid(() => convert(fields));
}
