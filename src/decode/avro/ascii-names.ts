import type { Schema } from 'avsc';

/** Original names by the ASCII names that replace them while avsc reads the schema. */
export type AsciiNames = Map<string, string>;

/**
 * A name that Apache Avro for Java accepts, with or without a namespace. The specification, and
 * avsc, allow ASCII letters only.
 */
const javaName = /^[\p{L}_][\p{L}\p{Nd}_]*(?:\.[\p{L}_][\p{L}\p{Nd}_]*)*$/u;

const isAscii = (text: string): boolean => /^\w*$/.test(text);

function toAscii(part: string, names: AsciiNames): string {
  if (isAscii(part)) return part;
  const ascii = `u_${Buffer.from(part).toString('hex')}`;
  names.set(ascii, part);
  return ascii;
}

/**
 * Parses a schema and replaces every part of a name that is not ASCII. Adds the replacements to
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
