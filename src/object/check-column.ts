import type { Config } from '../config/config.ts';
import type { ErrantCode } from '../errors.ts';
import type { FieldDescription, ObjectDescription } from './description.ts';

/** What an object says of a column: its exact name, or why it cannot take it. */
export type ColumnCheck =
  | { readonly name: string }
  | { readonly code: ErrantCode; readonly reason: string };

/** The objects that lookups refer to, by the name in lower case; one that nobody may describe is not there. */
export type Parents = ReadonlyMap<string, ObjectDescription>;

/** What a column is checked against. */
export interface Checked extends Pick<Config, 'operation' | 'keyField' | 'recordIdField'> {
  readonly object: ObjectDescription;
  readonly parents: Parents;
}

/** Whether the operation may write a field; the key only says which row is meant. */
export function isWritable({ name, createable, updateable }: FieldDescription, checked: Checked) {
  const { operation, keyField, recordIdField } = checked;
  if (name.toLowerCase() === keyField?.toLowerCase()) return true;
  // With a record id field the upsert is an insert that can be repeated.
  if (operation === 'insert' || recordIdField !== null) return createable;
  if (operation === 'update') return updateable;
  return createable || updateable;
}

const unknown = (what: string): ColumnCheck => ({
  code: 'FIELD_UNKNOWN',
  reason: `${what}; it does not exist, or the run-as user may not see it`,
});

const invalid = (reason: string): ColumnCheck => ({ code: 'RELATIONSHIP_INVALID', reason });

const notWritable = (name: string, { operation }: Checked): ColumnCheck => ({
  code: 'FIELD_NOT_WRITABLE',
  reason: `${name} cannot be written by ${operation}`,
});

function checkField(name: string, checked: Checked): ColumnCheck {
  const { object } = checked;
  const field = object.fields.get(name.toLowerCase());
  if (field === undefined) return unknown(`${object.name} has no field ${name}`);
  return isWritable(field, checked) ? { name: field.name } : notWritable(field.name, checked);
}

/** A column behind a lookup, taken apart: `User:Owner.Email`. */
interface Path {
  readonly type: string | null;
  readonly relationship: string;
  readonly field: string;
}

function pathOf(name: string): Path {
  const [, type = null, relationship = '', field = ''] =
    /^(?:([^:.]*):)?([^.]*)\.(.*)$/.exec(name) ?? [];
  return { type, relationship, field };
}

/** The object that a path leads to; null when it names none that the lookup refers to. */
function targetOf({ referenceTo }: FieldDescription, { type }: Path): string | null {
  if (referenceTo.length === 1) return referenceTo[0] ?? null;
  return referenceTo.find((one) => one.toLowerCase() === type?.toLowerCase()) ?? null;
}

/** The object that a column's lookup leads to; null for a field, and for what leads nowhere. */
export function parentOf(name: string, object: ObjectDescription): string | null {
  const path = pathOf(name);
  const lookup = object.relationships.get(path.relationship.toLowerCase());
  return lookup === undefined ? null : targetOf(lookup, path);
}

/** `Type:Rel.Field` is for lookups that refer to several objects, and only for them. */
function typeFlaw({ referenceTo, relationshipName }: FieldDescription, path: Path): string | null {
  if (referenceTo.length === 1) {
    if (path.type === null) return null;
    return `${path.relationship} refers to ${referenceTo.join('')} only: leave out what stands before the colon`;
  }
  const example = `${referenceTo[0]}:${relationshipName}.${path.field}`;
  return `${path.relationship} refers to ${referenceTo.join(', ')}: name one of them, as in ${example}`;
}

/** What the parent's object says of the field that it is to be found by; its exact name, if known. */
function checkParent({ field }: Path, parent: ObjectDescription | undefined): ColumnCheck {
  if (parent === undefined) return { name: field };
  const found = parent.fields.get(field.toLowerCase());
  if (found === undefined) return unknown(`${parent.name} has no field ${field}`);
  if (found.isKey) return { name: found.name };
  return invalid(`${parent.name} cannot be found by ${found.name}, which is no external id field`);
}

function checkRelationship(name: string, checked: Checked): ColumnCheck {
  const { object, parents } = checked;
  const path = pathOf(name);
  const lookup = object.relationships.get(path.relationship.toLowerCase());
  if (lookup === undefined) {
    return unknown(`${object.name} has no relationship ${path.relationship}`);
  }
  if (!isWritable(lookup, checked)) return notWritable(lookup.name, checked);
  const target = targetOf(lookup, path);
  const isPolymorphic = lookup.referenceTo.length > 1;
  const flaw = target === null || !isPolymorphic ? typeFlaw(lookup, path) : null;
  if (flaw !== null) return invalid(flaw);
  const field = checkParent(path, parents.get(target?.toLowerCase() ?? ''));
  if (!('name' in field)) return field;
  return { name: `${isPolymorphic ? `${target}:` : ''}${lookup.relationshipName}.${field.name}` };
}

/**
 * Holds one column against the object's description. Salesforce does not tell capitals apart in
 * names, but its spelling is sent.
 */
export function checkColumn(name: string, checked: Checked): ColumnCheck {
  return name.includes('.') ? checkRelationship(name, checked) : checkField(name, checked);
}
