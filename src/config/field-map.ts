import * as z from 'zod/mini';
import { textAs } from './setting.ts';

/** A field, or one behind a relationship: `Email`, `Account.Ext__c`, `User:Owner.Email`. */
const fieldPath = /^(?:(?:[A-Za-z]\w*:)?[A-Za-z]\w*\.)?[A-Za-z]\w*$/;

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
