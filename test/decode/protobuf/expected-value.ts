import type { DescField, DescMessage, Message } from '@bufbuild/protobuf';
import { ScalarType } from '@bufbuild/protobuf';
import {
  Decimal,
  type FieldValue,
  InvalidValue,
  Timestamp,
} from '../../../src/decode/decoded-record.ts';

type Properties = Readonly<Record<string, unknown>>;

function numberOf(value: unknown): number | Decimal {
  const number = Number(value);
  return Math.abs(number) < 1e15 ? number : new Decimal(String(value));
}

/** What a value that is no message should be; a float is checked by its 32 bits. */
function scalarOf(value: unknown, type: ScalarType | undefined): FieldValue {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (typeof value === 'bigint') return numberOf(value);
  return type === ScalarType.FLOAT ? Math.fround(value as number) : (value as FieldValue);
}

const nameOf = ({ enum: type }: DescField, number: unknown): string =>
  type?.values.find((value) => value.number === number)?.name ?? String(number);

/** What an item of a list, the value of a map's entry or a field should be. */
function itemOf(field: DescField, value: unknown): FieldValue {
  if (field.message !== undefined) return expectedValue(field.message, value as Message);
  return field.enum === undefined ? scalarOf(value, field.scalar) : nameOf(field, value);
}

const isPresent = (field: DescField, message: Properties): boolean =>
  field.oneof === undefined
    ? message[field.localName] !== undefined && Object.hasOwn(message, field.localName)
    : (message[field.oneof.localName] as { case?: string }).case === field.localName;

function fieldValue(field: DescField, message: Properties): FieldValue {
  const value =
    field.oneof === undefined
      ? message[field.localName]
      : (message[field.oneof.localName] as { value: unknown }).value;
  if (field.fieldKind === 'list') return (value as unknown[]).map((item) => itemOf(field, item));
  if (field.fieldKind === 'map') {
    const entries = Object.entries(value as object).map(([key, item]) => [
      key,
      itemOf(field, item),
    ]);
    return Object.fromEntries(entries);
  }
  return itemOf(field, value);
}

/** What a timestamp should be. */
function timestampOf({ seconds, nanos }: Properties): Timestamp | InvalidValue {
  const [second, nano] = [Number(seconds), Number(nanos)];
  const isValid = nano >= 0 && nano < 1e9 && second >= -62_135_596_800 && second < 253_402_300_800;
  if (!isValid) return new InvalidValue({ code: 'PROTOBUF_INVALID', reason: '' });
  return new Timestamp(second * 1000 + Math.floor(nano / 1e6));
}

const isImplicit = ({ fieldKind, proto, oneof }: DescField): boolean =>
  fieldKind !== 'message' && !proto.proto3Optional && oneof === undefined;

/** What this project should make of a message that @bufbuild/protobuf has read. */
export function expectedValue(type: DescMessage, message: Message): FieldValue {
  const properties = message as unknown as Properties;
  if (type.typeName === 'google.protobuf.Timestamp') return timestampOf(properties);
  // @bufbuild/protobuf unwraps these itself.
  if (type.typeName === 'google.protobuf.Struct') return properties as FieldValue;
  if (type.typeName === 'google.protobuf.Int64Value') return scalarOf(message, undefined);
  const fields: [string, FieldValue][] = [];
  for (const field of type.fields) {
    if (isImplicit(field) || isPresent(field, properties)) {
      fields.push([field.name, fieldValue(field, properties)]);
    } else if (field.oneof === undefined) {
      fields.push([field.name, null]);
    }
  }
  return Object.fromEntries(fields);
}
