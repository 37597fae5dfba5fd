import { createHash } from 'node:crypto';
import { CalendarDate, type Fields, type FieldValue, isFields } from './decoded-record.ts';
import { uuidText } from './uuid.ts';

/** Tells whether a value is Debezium's placeholder for a value that it did not send. */
export type IsUnavailable = (value: FieldValue) => boolean;

/** The UUID of a text, as Java's `UUID.nameUUIDFromBytes` returns it. */
function nameUuid(text: string): string {
  const bytes = createHash('md5').update(text).digest();
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x30, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return uuidText(bytes);
}

/** Debezium configures a binary placeholder as `hex:` and its digits. */
const bytesOf = (placeholder: string): Buffer =>
  placeholder.startsWith('hex:')
    ? Buffer.from(placeholder.slice('hex:'.length), 'hex')
    : Buffer.from(placeholder);

/** An array of bytes may have been decoded as an array of dates. */
const numberOf = (item: FieldValue): FieldValue =>
  item instanceof CalendarDate ? item.days : item;

/**
 * Creates the test for Debezium's placeholder of a large column that an update did not change. It
 * comes as text, as base64 or hexadecimal digits of its bytes, as a UUID, as an array of its bytes,
 * as an hstore in a map or JSON, or as the only item of an array. Such a field is treated as
 * absent, since writing it would overwrite the column's value. An empty setting matches nothing.
 * Source: Debezium documentation, PostgreSQL connector, `unavailable.value.placeholder`.
 */
export function unavailableTest(setting: string): IsUnavailable {
  const bytes = bytesOf(setting);
  if (bytes.length === 0) return () => false;
  const placeholder = bytes.toString();
  const texts = new Set([
    placeholder,
    bytes.toString('base64'),
    bytes.toString('hex'),
    nameUuid(placeholder),
    JSON.stringify({ [placeholder]: placeholder }),
  ]);
  const lengths = new Set([...texts].map(({ length }) => length));
  const isText = (value: FieldValue): boolean =>
    typeof value === 'string' && lengths.has(value.length) && texts.has(value);
  const isMap = (value: FieldValue): boolean =>
    isFields(value) &&
    Object.hasOwn(value, placeholder) &&
    Object.keys(value).length === 1 &&
    value[placeholder] === placeholder;
  const isPlaceholder = (value: FieldValue): boolean =>
    typeof value === 'object' ? isMap(value) : isText(value);
  const isList = (items: readonly FieldValue[]): boolean =>
    items.length === 1
      ? isPlaceholder(items[0] ?? null)
      : items.length === bytes.length &&
        items.every((item, index) => numberOf(item) === bytes[index]);
  return (value) => (Array.isArray(value) ? isList(value) : isPlaceholder(value));
}

/** Returns fields without those that were not sent, also in objects, which are relationships. */
export function withoutUnavailable(fields: Fields, isUnavailable: IsUnavailable): Fields {
  const available = ([, value]: readonly [string, FieldValue]) => !isUnavailable(value);
  const entries = Object.entries(fields).filter(available);
  const rest = entries.map(([name, value]) =>
    isFields(value)
      ? ([name, Object.fromEntries(Object.entries(value).filter(available))] as const)
      : ([name, value] as const),
  );
  return Object.fromEntries(rest);
}
