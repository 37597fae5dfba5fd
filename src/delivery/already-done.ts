import type { Config } from '../config/config.ts';
import type { ObjectDescription } from '../object/description.ts';
import type { RowError } from '../salesforce/result/row-error.ts';

/** The names that a message ends with, in brackets: the fields that Salesforce refused. */
const fieldsOf = ({ message }: RowError): readonly string[] =>
  /\(([^()]+)\)$/.exec(message)?.[1]?.split(/\s+/) ?? [];

/** Whether all of these fields can be created and never changed, so that only an update is refused. */
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
 * Makes the test for row errors that say the row is already as the record wants it, which an
 * operation that is repeated meets: a row to delete that is gone, and with a record id field a row
 * that has been created from this very record (its unique id is taken, or a field that can only be
 * set at creation refuses an update). `object` is the description; null: nobody may read it.
 */
export function alreadyDone(
  { operation, recordIdField }: Pick<Config, 'operation' | 'recordIdField'>,
  object: ObjectDescription | null,
): (error: RowError) => boolean {
  if (operation === 'delete') return ({ code }) => code === 'ENTITY_IS_DELETED';
  if (operation === 'hardDelete') {
    // A row that was deleted for good is not there any more at all.
    return ({ code }) => code === 'ENTITY_IS_DELETED' || code === 'INVALID_CROSS_REFERENCE_KEY';
  }
  if (recordIdField === null) return () => false;
  return (error) =>
    (error.code === 'DUPLICATE_VALUE' && mentions(error.message, recordIdField)) ||
    (error.code === 'INVALID_FIELD_FOR_INSERT_UPDATE' && areCreateOnly(fieldsOf(error), object));
}
