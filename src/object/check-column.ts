import type { Config } from '../config/config.ts';
import type { ErrantCode } from '../record-error.ts';
import type { FieldDescription, ObjectDescription } from './description.ts';

/** The result of checking a column: Salesforce's spelling of its name, or why it is refused. */
export type ColumnCheck =
  | { readonly name: string }
  | { readonly code: ErrantCode; readonly reason: string };

/**
 * The objects that lookups refer to, by lower-case name, as far as the run-as user may describe
 * them.
 */
export type Parents = ReadonlyMap<string, ObjectDescription>;

/** The object and settings that columns are checked against. */
export interface ColumnContext extends Pick<Config, 'operation' | 'keyField' | 'recordIdField'> {
  readonly object: ObjectDescription;
  readonly parents: Parents;
}

/**
 * Tells whether the operation may write a field. The key need not be writable: it only identifies
 * the row.
 */
export function isWritable(
  { name, createable, updateable }: FieldDescription,
  context: ColumnContext,
) {
  const { operation, keyField, recordIdField } = context;
  if (name.toLowerCase() === keyField?.toLowerCase()) return true;
  // With a record id field the upsert is an idempotent insert.
  if (operation === 'insert' || recordIdField !== null) return createable;
  if (operation === 'update') return updateable;
  return createable || updateable;
}

const unknown = (problem: string): ColumnCheck => ({
  code: 'FIELD_UNKNOWN',
  reason: `${problem}: it does not exist, or the run-as user has no access to it`,
});

const invalid = (reason: string): ColumnCheck => ({ code: 'RELATIONSHIP_INVALID', reason });

const notWritable = (name: string, { operation }: ColumnContext): ColumnCheck => ({
  code: 'FIELD_NOT_WRITABLE',
  reason: `${name} is not writable by ${operation}`,
});

function checkField(name: string, context: ColumnContext): ColumnCheck {
  const { object } = context;
  const field = object.fields.get(name.toLowerCase());
  if (field === undefined) return unknown(`${object.name} has no field ${name}`);
  return isWritable(field, context) ? { name: field.name } : notWritable(field.name, context);
}

/** The parts of a relationship column: `User:Owner.Email`. */
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

/** The object that a path refers to; null when it names none of the lookup's objects. */
function targetObject({ referenceTo }: FieldDescription, { type }: Path): string | null {
  if (referenceTo.length === 1) return referenceTo[0] ?? null;
  return referenceTo.find((object) => object.toLowerCase() === type?.toLowerCase()) ?? null;
}

/** The object that a relationship column refers to; null for a field and for an unknown object. */
export function parentObject(name: string, object: ObjectDescription): string | null {
  const path = pathOf(name);
  const lookup = object.relationships.get(path.relationship.toLowerCase());
  return lookup === undefined ? null : targetObject(lookup, path);
}

/** Only lookups that refer to several objects take, and need, the form `Type:Rel.Field`. */
function typeProblem(
  { referenceTo, relationshipName }: FieldDescription,
  path: Path,
): string | null {
  if (referenceTo.length === 1) {
    if (path.type === null) return null;
    return `${path.relationship} refers to ${referenceTo.join('')} only: remove the type before the colon`;
  }
  const example = `${referenceTo[0]}:${relationshipName}.${path.field}`;
  return `${path.relationship} refers to ${referenceTo.join(', ')}: name one of them, as in ${example}`;
}

/**
 * Checks the field that identifies the parent; without the parent's description it is not checked.
 */
function checkParent({ field }: Path, parent: ObjectDescription | undefined): ColumnCheck {
  if (parent === undefined) return { name: field };
  const found = parent.fields.get(field.toLowerCase());
  if (found === undefined) return unknown(`${parent.name} has no field ${field}`);
  if (found.isKey) return { name: found.name };
  return invalid(
    `${parent.name} cannot be referenced by ${found.name}, which is not an external id field`,
  );
}

function checkRelationship(name: string, context: ColumnContext): ColumnCheck {
  const { object, parents } = context;
  const path = pathOf(name);
  const lookup = object.relationships.get(path.relationship.toLowerCase());
  if (lookup === undefined) {
    return unknown(`${object.name} has no relationship ${path.relationship}`);
  }
  if (!isWritable(lookup, context)) return notWritable(lookup.name, context);
  const target = targetObject(lookup, path);
  const isPolymorphic = lookup.referenceTo.length > 1;
  const problem = target === null || !isPolymorphic ? typeProblem(lookup, path) : null;
  if (problem !== null) return invalid(problem);
  const field = checkParent(path, parents.get(target?.toLowerCase() ?? ''));
  if (!('name' in field)) return field;
  return { name: `${isPolymorphic ? `${target}:` : ''}${lookup.relationshipName}.${field.name}` };
}

/**
 * Checks a column against the object's description. Names are case-insensitive; Salesforce's
 * spelling is sent.
 */
export function checkColumn(name: string, context: ColumnContext): ColumnCheck {
  return name.includes('.') ? checkRelationship(name, context) : checkField(name, context);
}
