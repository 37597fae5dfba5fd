import * as z from 'zod/mini';

/** The properties of a field that the function uses. */
export interface FieldDescription {
  readonly name: string;
  readonly createable: boolean;
  readonly updateable: boolean;
  /** Whether upserts and relationships may use it as an external id. */
  readonly isKey: boolean;
  readonly caseSensitive: boolean;
  /** Whether the field may be null. */
  readonly nillable: boolean;
  /** Salesforce's field type, such as `double`; empty when the reply has none. */
  readonly type: string;
  /** The objects that a lookup refers to; empty for other fields. */
  readonly referenceTo: readonly string[];
  /** The name of a lookup in `Account.Ext__c`; null for other fields. */
  readonly relationshipName: string | null;
}

/** The properties of an object that the function uses. */
export interface ObjectDescription {
  readonly name: string;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly deletable: boolean;
  /** By lower-case name. Fields that the run-as user may not see are missing. */
  readonly fields: ReadonlyMap<string, FieldDescription>;
  /** Lookups by lower-case relationship name. */
  readonly relationships: ReadonlyMap<string, FieldDescription>;
}

const flag = z._default(z.boolean(), false);

const fieldSchema = z.pipe(
  z.object({
    name: z.string(),
    createable: flag,
    updateable: flag,
    externalId: flag,
    idLookup: flag,
    caseSensitive: flag,
    nillable: z._default(z.boolean(), true),
    type: z._default(z.string(), ''),
    referenceTo: z._default(z.array(z.string()), []),
    relationshipName: z.nullish(z.string()),
  }),
  z.transform(
    ({ externalId, idLookup, relationshipName, ...field }): FieldDescription => ({
      ...field,
      isKey: externalId || idLookup,
      relationshipName: relationshipName ?? null,
    }),
  ),
);

const describeSchema = z.object({
  name: z.string(),
  createable: flag,
  updateable: flag,
  deletable: flag,
  fields: z.array(fieldSchema),
});

/**
 * Parses the reply of an object's describe call; null when it is invalid.
 * Source: REST API developer guide, "sObject Describe".
 */
export function descriptionOf(body: unknown): ObjectDescription | null {
  const parsed = describeSchema.safeParse(body);
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
