import * as z from 'zod';

/** What the checks need to know of a field. */
export interface FieldDescription {
  readonly name: string;
  readonly createable: boolean;
  readonly updateable: boolean;
  /** Whether an upsert or a relationship may go by it. */
  readonly isKey: boolean;
  readonly caseSensitive: boolean;
  /** Whether the field can be without a value. */
  readonly nillable: boolean;
  /** Salesforce's name of its type, such as `double`; empty: it did not say. */
  readonly type: string;
  /** The objects that a lookup refers to; none for other fields. */
  readonly referenceTo: readonly string[];
  /** What a lookup is called in `Account.Ext__c`; null for other fields. */
  readonly relationshipName: string | null;
}

/** What the checks need to know of an object. */
export interface ObjectDescription {
  readonly name: string;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly deletable: boolean;
  /** By the name in lower case. A field that the run-as user may not see is not there. */
  readonly fields: ReadonlyMap<string, FieldDescription>;
  /** Lookups by the relationship's name in lower case. */
  readonly relationships: ReadonlyMap<string, FieldDescription>;
}

const flag = z.boolean().default(false);

const fieldShape = z
  .object({
    name: z.string(),
    createable: flag,
    updateable: flag,
    externalId: flag,
    idLookup: flag,
    caseSensitive: flag,
    nillable: z.boolean().default(true),
    type: z.string().default(''),
    referenceTo: z.array(z.string()).default([]),
    relationshipName: z.string().nullish(),
  })
  .transform(
    ({ externalId, idLookup, relationshipName, ...field }): FieldDescription => ({
      ...field,
      isKey: externalId || idLookup,
      relationshipName: relationshipName ?? null,
    }),
  );

const describeShape = z.object({
  name: z.string(),
  createable: flag,
  updateable: flag,
  deletable: flag,
  fields: z.array(fieldShape),
});

/**
 * Reads the reply of an object's describe call; null when it is something else.
 * Source: REST API developer guide, "sObject Describe".
 */
export function descriptionOf(body: unknown): ObjectDescription | null {
  const parsed = describeShape.safeParse(body);
  if (!parsed.success) return null;
  const { fields, ...object } = parsed.data;
  const lookups = fields.flatMap((field) =>
    field.relationshipName === null ? [] : [[field.relationshipName.toLowerCase(), field] as const],
  );
  return {
    ...object,
    fields: new Map(fields.map((field) => [field.name.toLowerCase(), field] as const)),
    relationships: new Map(lookups),
  };
}
