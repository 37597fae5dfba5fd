import * as z from 'zod';

/** A field, or one behind a relationship: `Email`, `Account.Ext__c`, `User:Owner.Email`. */
const fieldPath = /^(?:(?:[A-Za-z]\w*:)?[A-Za-z]\w*\.)?[A-Za-z]\w*$/;

/** The name that stands for all fields that the map does not name. They can only be left out. */
export const otherFields = '*';

/** Salesforce field names by source name; null: the field is left out. */
export type FieldMap = ReadonlyMap<string, string | null>;

const fieldMapShape = z
  .record(z.string(), z.string().regex(fieldPath).nullable())
  .refine((map) => !Object.hasOwn(map, otherFields) || map[otherFields] === null);

/** Reads `FIELD_MAP` from JSON. */
export const fieldMap = z.string().transform((text, context): FieldMap => {
  try {
    const parsed = fieldMapShape.safeParse(JSON.parse(text));
    if (parsed.success) return new Map(Object.entries(parsed.data));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  context.addIssue('not a field map');
  return z.NEVER;
});
