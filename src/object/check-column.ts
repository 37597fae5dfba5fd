import type { Config } from '../config.ts';
import type { ErrantCode } from '../errors.ts';
import type { FieldDescription, ObjectDescription } from './description.ts';

/** What an object says of a column: its exact name, or why it cannot take it. */
export type ColumnCheck =
  | { readonly name: string }
  | { readonly code: ErrantCode; readonly reason: string };

/** What a column is checked against. */
export interface Checked {
  readonly object: ObjectDescription;
  readonly operation: Config['operation'];
}

/** Whether the operation may write the field; the id only says which row is meant. */
function isWritable({ name, createable, updateable }: FieldDescription, { operation }: Checked) {
  if (name === 'Id') return operation !== 'insert';
  if (operation === 'insert') return createable;
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

/** `Type:Rel.Field` is for lookups that refer to several objects, and only for them. */
function checkRelationship(path: string, checked: Checked): ColumnCheck {
  const [, type = null, relationship = '', parentField = ''] =
    /^(?:([^:.]*):)?([^.]*)\.(.*)$/.exec(path) ?? [];
  const { object } = checked;
  const lookup = object.relationships.get(relationship.toLowerCase());
  if (lookup === undefined) return unknown(`${object.name} has no relationship ${relationship}`);
  if (!isWritable(lookup, checked)) return notWritable(lookup.name, checked);
  const { relationshipName, referenceTo } = lookup;
  const isPolymorphic = referenceTo.length > 1;
  const target = referenceTo.find((one) => one.toLowerCase() === type?.toLowerCase());
  if (isPolymorphic && target === undefined) {
    const example = `${referenceTo[0]}:${relationshipName}.${parentField}`;
    return invalid(
      `${relationship} refers to ${referenceTo.join(', ')}: name one of them, as in ${example}`,
    );
  }
  if (!isPolymorphic && type !== null) {
    return invalid(
      `${relationship} refers to ${referenceTo.join('')} only: leave out what stands before the colon`,
    );
  }
  return { name: `${isPolymorphic ? `${target}:` : ''}${relationshipName}.${parentField}` };
}

/**
 * Holds one column against the object's description. Salesforce does not tell capitals apart in
 * names, but its spelling is sent.
 */
export function checkColumn(name: string, checked: Checked): ColumnCheck {
  return name.includes('.') ? checkRelationship(name, checked) : checkField(name, checked);
}
