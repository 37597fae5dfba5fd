import { z } from 'zod';

/** Types of field in a describe result (SOAP API Developer Guide, "Field Types"). */
const fieldTypes = [
  'id',
  'string',
  'textarea',
  'picklist',
  'multipicklist',
  'combobox',
  'boolean',
  'int',
  'long',
  'double',
  'currency',
  'percent',
  'date',
  'datetime',
  'time',
  'email',
  'phone',
  'url',
  'reference',
  'address',
  'location',
  'base64',
  'encryptedstring',
  'anyType',
  'complexvalue',
] as const;

const picklistValue = z.looseObject({
  active: z.boolean(),
  value: z.string(),
  defaultValue: z.boolean().default(false),
});

const field = z.looseObject({
  name: z.string(),
  label: z.string(),
  // Orgs have types that no guide lists; their values are treated as text.
  type: z.enum(fieldTypes).catch('anyType'),
  length: z.number().default(0),
  precision: z.number().default(0),
  scale: z.number().default(0),
  digits: z.number().default(0),
  nillable: z.boolean(),
  createable: z.boolean(),
  updateable: z.boolean(),
  defaultedOnCreate: z.boolean(),
  defaultValue: z.union([z.string(), z.number(), z.boolean()]).nullish(),
  calculated: z.boolean().default(false),
  autoNumber: z.boolean().default(false),
  externalId: z.boolean().default(false),
  idLookup: z.boolean().default(false),
  filterable: z.boolean().default(true),
  sortable: z.boolean().default(true),
  unique: z.boolean().default(false),
  caseSensitive: z.boolean().default(false),
  restrictedPicklist: z.boolean().default(false),
  picklistValues: z.array(picklistValue).default([]),
  referenceTo: z.array(z.string()).default([]),
  relationshipName: z.string().nullish(),
});

/**
 * The part of a describe result that the emulator reads. Other properties are kept and returned
 * unchanged.
 */
export const objectDescription = z.looseObject({
  name: z.string(),
  label: z.string(),
  labelPlural: z.string(),
  keyPrefix: z.string().length(3),
  custom: z.boolean(),
  createable: z.boolean(),
  updateable: z.boolean(),
  deletable: z.boolean(),
  urls: z.record(z.string(), z.string()).default({}),
  fields: z.array(field),
});

/** One field of an object. */
export type FieldDescription = z.infer<typeof field>;

/** One object of the org. */
export type ObjectDescription = z.infer<typeof objectDescription>;

/** Whether an insert must give the field a value (derived from the meaning of describe). */
export function isRequired(field: FieldDescription): boolean {
  return field.createable && !field.nillable && !field.defaultedOnCreate;
}

/** Whether upsert and relationship columns may look records up by the field. */
export function isLookupKey(field: FieldDescription): boolean {
  return field.externalId || field.idLookup;
}

/** The field of that name in any case, or undefined. */
export function findField(object: ObjectDescription, name: string): FieldDescription | undefined {
  const wanted = name.toLowerCase();
  return object.fields.find((candidate) => candidate.name.toLowerCase() === wanted);
}
