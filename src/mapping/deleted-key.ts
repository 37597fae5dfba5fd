import type { Config } from '../config/config.ts';
import type { FieldMap } from '../config/field-map.ts';
import { isSalesforceId } from '../csv/salesforce-id.ts';
import {
  type Fields,
  type FieldValue,
  isFields,
  type Tombstone,
  TypedValue,
} from '../decode/decoded-record.ts';
import { documentOfKey, sureDocumentOfKey } from '../decode/document-key.ts';
import { type ErrantCode, RecordError } from '../record-error.ts';
import { mapFields } from './field-map.ts';

/** Finds what identifies the row in a value, which is a record's key or its fields; null: nothing. */
type Find = (value: FieldValue) => FieldValue;

const isFilled = (value: FieldValue | undefined): value is FieldValue =>
  value !== undefined && value !== null && value !== '';

/** The value if it is one that a cell can hold. */
const scalarIn = (value: FieldValue): FieldValue =>
  value instanceof TypedValue || (typeof value !== 'object' && isFilled(value)) ? value : null;

/** The values of a field, in any spelling, after `FIELD_MAP`; null is one that is not known. */
function allValuesOf({ record }: Tombstone, fields: Fields, [name, map]: [string, FieldMap]) {
  const mapped = mapFields({ record, fields }, map).fields;
  return Object.keys(mapped)
    .filter((key) => key.toLowerCase() === name.toLowerCase())
    .map((key) => mapped[key]);
}

/** The values of a field that are known. */
const valuesOf = (...given: Parameters<typeof allValuesOf>): FieldValue[] =>
  allValuesOf(...given).filter(isFilled);

/** Finds a Salesforce id: the value itself, or the id field of an object. */
function findId(tombstone: Tombstone, map: FieldMap): Find {
  const isId = (value: FieldValue): value is string =>
    typeof value === 'string' && isSalesforceId(value.trim());
  return (value) => {
    if (isId(value)) return value.trim();
    if (!isFields(value)) return null;
    return valuesOf(tombstone, value, ['Id', map]).find(isId)?.trim() ?? null;
  };
}

/** The value of the only field, if `FIELD_MAP` names neither it nor another one as the external id. */
function onlyValue(fields: Fields, [externalId, map]: [string, FieldMap]): FieldValue {
  const [name = '', ...others] = Object.keys(fields);
  const names = [...map.values()].map((target) => target?.toLowerCase());
  if (others.length > 0 || map.has(name) || names.includes(externalId.toLowerCase())) return null;
  return fields[name] ?? null;
}

/**
 * Finds an external id: the value itself, or the field of that name, or in a key the id of a document
 * or the only field.
 */
function findExternalId(tombstone: Tombstone, externalId: string, map: FieldMap): Find {
  const { fields } = tombstone;
  // The event has a column for the external id and does not know its value: the key is another column.
  const isElsewhere = () =>
    fields !== null && allValuesOf(tombstone, fields, [externalId, map]).length > 0;
  const ofOnlyField = (key: Fields): FieldValue => {
    const document = documentOfKey(key);
    const [id] = document === null ? [] : valuesOf(tombstone, document, [externalId, map]);
    return scalarIn(id ?? onlyValue(key, [externalId, map]));
  };
  return (value) => {
    if (!isFields(value)) return isElsewhere() ? null : scalarIn(value);
    const [named] = valuesOf(tombstone, value, [externalId, map]);
    if (named !== undefined) return named;
    const isKey = value !== fields;
    return isKey && !isElsewhere() ? ofOnlyField(value) : null;
  };
}

function shapeOf(key: FieldValue): string {
  if (key === null) return 'it has no key';
  if (!isFields(key)) return Array.isArray(key) ? 'its key is a list' : 'its key is not one';
  const count = Object.keys(key).length;
  return `its key is an object of ${count} ${count === 1 ? 'field' : 'fields'} without it`;
}

/** Finds what identifies the row in the fields, else in the key. */
function findIn(
  tombstone: Tombstone,
  find: Find,
  missing: (problem: string) => RecordError,
): FieldValue {
  const inFields = tombstone.fields === null ? null : find(tombstone.fields);
  if (inFields !== null) return inFields;
  let key: FieldValue;
  try {
    key = tombstone.key();
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
    throw missing(`its key cannot be read: ${error.reason}`);
  }
  const inKey = find(isFields(key) ? (sureDocumentOfKey(key) ?? key) : key);
  if (inKey === null) throw missing(shapeOf(key));
  return inKey;
}

/**
 * Returns what identifies the row of a tombstone, a value of the sink's key field: from the fields
 * that are known of the row, else from the record's key, which is the value itself, an object with a
 * field of that name, or, for an external id, an object with one field. Throws the record errors
 * `KEY_NOT_ID` and `KEY_MISSING`.
 */
export function keyOfDeleted(
  tombstone: Tombstone,
  { externalIdField, fieldMap }: Pick<Config, 'externalIdField' | 'fieldMap'>,
): FieldValue {
  const isById = externalIdField === null || externalIdField.toLowerCase() === 'id';
  const start = tombstone.fields === null ? tombstone.cause : null;
  const error = (code: ErrantCode, what: string) => (problem: string) =>
    new RecordError(code, `${start ?? `the deleted row has no ${what}`}, and ${problem}`);
  if (isById) {
    const notId = error('KEY_NOT_ID', 'Salesforce id');
    return findIn(tombstone, findId(tombstone, fieldMap), notId);
  }
  const find = findExternalId(tombstone, externalIdField, fieldMap);
  return findIn(tombstone, find, error('KEY_MISSING', externalIdField));
}
