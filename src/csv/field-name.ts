import { RecordError, shown } from '../errors.ts';

/**
 * An API name of a field, or of a field behind a relationship: `LastName`, `Ext__c`,
 * `Account.Ext__c`, `User:Owner.Email`.
 * Source: Salesforce Bulk API 2.0 developer guide, "Relationship Fields in a Header Row".
 */
const fieldName = /^(?:(?:[A-Za-z]\w*:)?[A-Za-z]\w*\.)?[A-Za-z]\w*$/;

/** More than any name in Salesforce has: namespace, relationship and field take about 130. */
const longestName = 255;

/** Whether a Salesforce field can have this name. */
export const isFieldName = (name: string): boolean =>
  name.length <= longestName && fieldName.test(name);

/**
 * Refuses a name that no Salesforce field can have. Salesforce fails the whole job for one such
 * column, so its records are errant instead. Throws the record error `FIELD_NAME_INVALID`.
 */
export function checkFieldName(name: string): void {
  if (isFieldName(name)) return;
  // Behind a relationship it may be the key of a map, which is data.
  const dot = name.indexOf('.');
  const what = dot === -1 ? shown(name) : `a field of ${shown(name.slice(0, dot))}`;
  throw new RecordError('FIELD_NAME_INVALID', `${what} cannot be a Salesforce field name`);
}
