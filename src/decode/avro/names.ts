import type { Schema } from 'avsc';

/** Names outside ASCII by the names in ASCII that stand in for them while avsc reads the schema. */
export type StandIns = Map<string, string>;

/**
 * What Apache Avro for Java takes for a name, with or without a namespace. The specification, and
 * avsc with it, knows the letters of ASCII alone.
 */
const javaName = /^[\p{L}_][\p{L}\p{Nd}_]*(?:\.[\p{L}_][\p{L}\p{Nd}_]*)*$/u;

const isAscii = (text: string): boolean => /^\w*$/.test(text);

function standIn(part: string, standIns: StandIns): string {
  if (isAscii(part)) return part;
  const ascii = `u_${Buffer.from(part).toString('hex')}`;
  standIns.set(ascii, part);
  return ascii;
}

/**
 * Parses a schema's text, with a stand-in for every part of a name that is not ASCII; those that it
 * uses are added to `standIns`. Throws a `SyntaxError`, or a `RangeError` for endless nesting.
 */
export function parseSchema(text: string, standIns: StandIns): Schema {
  return JSON.parse(text, (_key, value: unknown) => {
    if (typeof value !== 'string' || !javaName.test(value)) return value;
    return value
      .split('.')
      .map((part) => standIn(part, standIns))
      .join('.');
  }) as Schema;
}

/** Gives the name that the schema has. */
export function nameOf(ascii: string, standIns: StandIns): string {
  return standIns.get(ascii) ?? ascii;
}
