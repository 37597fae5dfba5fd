import { createHash } from 'node:crypto';
import { CalendarDate, type FieldValue, isFields } from '../decode/decoded-record.ts';

/** Says whether a value is a placeholder for one that the source did not send. */
export type IsUnavailable = (value: FieldValue) => boolean;

/** A UUID of a text's bytes, as Java's `UUID.nameUUIDFromBytes` makes it. */
function uuidOf(text: string): string {
  const bytes = createHash('md5').update(text).digest();
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x30, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Debezium takes a placeholder that is no text as `hex:` and the digits of its bytes. */
const bytesOf = (placeholder: string): Buffer =>
  placeholder.startsWith('hex:')
    ? Buffer.from(placeholder.slice('hex:'.length), 'hex')
    : Buffer.from(placeholder);

/** The number that an item of a list is: an array of dates is one of days. */
const countOf = (item: FieldValue): FieldValue => (item instanceof CalendarDate ? item.days : item);

/**
 * Makes the test for the placeholder that Debezium writes for a large column which an update did not
 * touch: as text, as the base64 or hexadecimal digits of its bytes, as a UUID, as the numbers of its
 * bytes, as an hstore in a map or in JSON; in an array it is the only item. Writing it would
 * overwrite the column's value, so such a field is as if it were absent. An empty setting is no
 * placeholder.
 * Source: Debezium documentation, PostgreSQL connector, `unavailable.value.placeholder`.
 */
export function unavailable(setting: string): IsUnavailable {
  const bytes = bytesOf(setting);
  if (bytes.length === 0) return () => false;
  const placeholder = bytes.toString();
  const texts = new Set([
    placeholder,
    bytes.toString('base64'),
    bytes.toString('hex'),
    uuidOf(placeholder),
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
  const isOne = (value: FieldValue): boolean =>
    typeof value === 'object' ? isMap(value) : isText(value);
  const isList = (items: readonly FieldValue[]): boolean =>
    items.length === 1
      ? isOne(items[0] ?? null)
      : items.length === bytes.length &&
        items.every((item, index) => countOf(item) === bytes[index]);
  return (value) => (Array.isArray(value) ? isList(value) : isOne(value));
}
