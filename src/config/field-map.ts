import * as z from 'zod/mini';
import { fieldPath } from './field-path.ts';
import { textAs } from './setting.ts';

/** The name that stands for all fields that the map does not name. They can only be left out. */
export const otherFields = '*';

/** Salesforce field names by source name; null: the field is left out. */
export type FieldMap = ReadonlyMap<string, string | null>;

const fieldMapShape = z
  .record(z.string(), z.nullable(z.string().check(z.regex(fieldPath))))
  .check(z.refine((map) => !Object.hasOwn(map, otherFields) || map[otherFields] === null));

/** Reads a field map from JSON; null: it is none. */
function readFieldMap(text: string): FieldMap | null {
  try {
    const parsed = fieldMapShape.safeParse(JSON.parse(text));
    return parsed.success ? new Map(Object.entries(parsed.data)) : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** `FIELD_MAP` in JSON. */
export const fieldMap = textAs('not a field map', readFieldMap);
