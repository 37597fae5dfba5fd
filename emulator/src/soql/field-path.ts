import { type FieldDescription, findField, type ObjectDescription } from '../object/description.ts';
import type { OrgState } from '../org/org-state.ts';
import { fieldValue } from '../record/field-value.ts';
import type { FieldValue, StoredRecord } from '../record/record-store.ts';
import { notImplemented, SoqlError } from './soql-error.ts';
import type { Token } from './tokens.ts';

/** A step from a record to the one that its lookup field names. */
export interface Step {
  /** The name of the relationship, such as `Account`. */
  readonly name: string;
  readonly lookup: FieldDescription;
  readonly parent: ObjectDescription;
}

/** A field of a record, or of a parent. */
export interface FieldPath {
  /** Empty: a field of the record itself. */
  readonly steps: readonly Step[];
  readonly field: FieldDescription;
}

/** The part of an org that queries read. */
export type QueryScope = Pick<OrgState, 'objects' | 'access' | 'records' | 'choices' | 'shuffle'>;

const DESCRIBE = 'Please reference your WSDL or the describe call for the appropriate names.';

/**
 * Finds the field that a query names.
 * @throws SoqlError INVALID_FIELD when the object has no such field, or the user may not see it.
 */
export function findPath(token: Token, object: ObjectDescription, scope: QueryScope): FieldPath {
  const names = token.text.split('.');
  const last = names.pop() ?? '';
  // A field may be named after its object: `Contact.LastName`.
  const own = names[0]?.toLowerCase() === object.name.toLowerCase();
  if (own && !findLookup(names[0] ?? '', object, scope)) names.shift();
  const steps: Step[] = [];
  let reached = object;
  for (const name of names) {
    const step = findStep({ ...token, text: name }, reached, scope);
    steps.push(step);
    reached = step.parent;
  }
  return { steps, field: findVisible({ ...token, text: last }, reached, scope) };
}

/** The value of a field; null without such a parent. */
export function valueAt(
  record: StoredRecord,
  { steps, field }: FieldPath,
  scope: QueryScope,
): FieldValue {
  let reached: StoredRecord | null = record;
  for (const step of steps) reached = reached && parentOf(reached, step, scope);
  return reached && fieldValue(reached, field);
}

/** The parent of a record; null without one. */
export function parentOf(
  record: StoredRecord,
  { lookup, parent }: Step,
  { records }: Pick<QueryScope, 'records'>,
): StoredRecord | null {
  const found = records.get(parent, String(record[lookup.name] ?? ''));
  return found === undefined || found['IsDeleted'] === true ? null : found;
}

function findVisible(token: Token, object: ObjectDescription, scope: QueryScope): FieldDescription {
  const field = findField(object, token.text);
  if (field && scope.access.sees(object, field)) return field;
  const message = `No such column '${token.text}' on entity '${object.name}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. ${DESCRIBE}`;
  throw new SoqlError('INVALID_FIELD', message, token.at);
}

function findStep(token: Token, object: ObjectDescription, scope: QueryScope): Step {
  const lookup = findLookup(token.text, object, scope);
  if (!lookup) {
    const message = `Didn't understand relationship '${token.text}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. ${DESCRIBE}`;
    throw new SoqlError('INVALID_FIELD', message, token.at);
  }
  const [parent] = lookup.referenceTo.flatMap((name) => scope.objects.find(name) ?? []);
  if (!parent) throw notImplemented(`the objects that ${token.text} refers to`, token.at);
  return { name: lookup.relationshipName ?? token.text, lookup, parent };
}

function findLookup(
  name: string,
  object: ObjectDescription,
  { access }: QueryScope,
): FieldDescription | undefined {
  const wanted = name.toLowerCase();
  const field = object.fields.find((one) => one.relationshipName?.toLowerCase() === wanted);
  return field && access.sees(object, field) ? field : undefined;
}
