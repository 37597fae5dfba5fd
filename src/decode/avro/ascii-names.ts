import type { Schema } from 'avsc';

/** Original names by the ASCII names that replace them while avsc reads the schema. */
export type AsciiNames = Map<string, string>;

/**
 * A name that Apache Avro for Java accepts, with or without a namespace. The specification, and
 * avsc, allow ASCII letters only.
 */
const javaName = /^[\p{L}_][\p{L}\p{Nd}_]*(?:\.[\p{L}_][\p{L}\p{Nd}_]*)*$/u;

/** avsc takes a symbol that every object inherits, such as `toString`, for one that occurs twice. */
const isInherited = (text: string): boolean =>
  text !== '__proto__' && Object.hasOwn(Object.prototype, text);

/** Whether avsc reads a part of a name as it is. */
const isReadable = (text: string): boolean => /^\w*$/.test(text) && !isInherited(text);

function toAscii(part: string, names: AsciiNames): string {
  if (isReadable(part)) return part;
  const ascii = `u_${Buffer.from(part).toString('hex')}`;
  names.set(ascii, part);
  return ascii;
}

/**
 * Parses a schema and replaces every part of a name that avsc does not read. Adds the replacements to
 * `names`. Throws a `SyntaxError`, or a `RangeError` for excessive nesting.
 */
export function parseSchema(text: string, names: AsciiNames): Schema {
  return JSON.parse(text, (_key, value: unknown) => {
    if (typeof value !== 'string' || !javaName.test(value)) return value;
    return value
      .split('.')
      .map((part) => toAscii(part, names))
      .join('.');
  }) as Schema;
}

/** Returns the name in the original schema. */
export function originalName(ascii: string, names: AsciiNames): string {
  return names.get(ascii) ?? ascii;
}
