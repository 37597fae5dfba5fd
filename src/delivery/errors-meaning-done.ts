import type { Config } from '../config/config.ts';
import type { ObjectDescription } from '../object/description.ts';
import type { RowError } from '../salesforce/result/row-error.ts';

/** The field names in brackets at the end of a message. */
const fieldsOf = ({ message }: RowError): readonly string[] =>
  /\(([^()]+)\)$/.exec(message)?.[1]?.split(/\s+/) ?? [];

/** Whether all of these fields are writable at creation only, so that an update is refused. */
function areCreateOnly(names: readonly string[], object: ObjectDescription | null): boolean {
  const fields = names.map((name) => object?.fields.get(name.toLowerCase()));
  return fields.length > 0 && fields.every((one) => one?.createable && !one.updateable);
}

const mentions = (message: string, field: string): boolean =>
  message
    .toLowerCase()
    .split(/[^\w]+/)
    .includes(field.toLowerCase());

/**
 * Returns the test for row errors which mean that the row is already as the record wants it, as a
 * repeated operation finds it: a row to delete that is gone, or, with a record id field, a row that
 * was created from this very record (its unique id is taken, or a create-only field refuses an
 * update). `object` is the description, null if unreadable.
 */
export function alreadyDone(
  { operation, recordIdField }: Pick<Config, 'operation' | 'recordIdField'>,
  object: ObjectDescription | null,
): (error: RowError) => boolean {
  if (operation === 'delete') return ({ code }) => code === 'ENTITY_IS_DELETED';
  if (operation === 'hardDelete') {
    // A hard-deleted row no longer exists, not even in the recycle bin.
    return ({ code }) => code === 'ENTITY_IS_DELETED' || code === 'INVALID_CROSS_REFERENCE_KEY';
  }
  if (recordIdField === null) return () => false;
  return (error) =>
    (error.code === 'DUPLICATE_VALUE' && mentions(error.message, recordIdField)) ||
    (error.code === 'INVALID_FIELD_FOR_INSERT_UPDATE' && areCreateOnly(fieldsOf(error), object));
}
