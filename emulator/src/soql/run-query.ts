import type { ObjectDescription } from '../object/description.ts';
import type { StoredRecord } from '../record/record-store.ts';
import { type FieldPath, findPath, type QueryScope } from './field-path.ts';
import { makeFilter } from './filter.ts';
import { parseQuery } from './parse.ts';
import type { FieldGroup, Query } from './query.ts';
import { SoqlError } from './soql-error.ts';
import { makeOrder } from './sort.ts';

/** The records that a query finds, and the fields that it selects. */
export interface QueryResult {
  readonly object: ObjectDescription;
  /** `count`: only their number is wanted. */
  readonly fields: readonly FieldPath[] | 'count';
  readonly records: readonly StoredRecord[];
}

/** Records of a query with FIELDS(ALL) or FIELDS(CUSTOM) at most (SOQL guide, "FIELDS()"). */
const MOST_WITH_ALL_FIELDS = 200;

/**
 * Runs a query; `withDeleted` finds records in the recycle bin too.
 * @throws SoqlError
 */
export function runQuery(text: string, withDeleted: boolean, scope: QueryScope): QueryResult {
  const query = parseQuery(text);
  const object = scope.objects.find(query.from.text);
  if (!object) throw unknownObject(query);
  const fields = query.select === 'count' ? query.select : selectFields(query, object, scope);
  const filter = query.where ? makeFilter(query.where, { ...scope, object }) : () => true;
  const order = makeOrder(query.orderBy, object, scope);
  const all = withDeleted ? scope.records.all(object) : scope.records.list(object);
  const found = all.filter(filter);
  // choice: query-order. Where ORDER BY leaves it open, the order is undefined in an org.
  const mixed = scope.choices['query-order'] === 'shuffled' ? scope.shuffle(found) : found;
  const end = query.limit === null ? undefined : query.offset + query.limit;
  return { object, fields, records: mixed.toSorted(order).slice(query.offset, end) };
}

function unknownObject({ from }: Query): SoqlError {
  const message = `sObject type '${from.text}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.`;
  return new SoqlError('INVALID_TYPE', message, from.at);
}

function selectFields(query: Query, object: ObjectDescription, scope: QueryScope): FieldPath[] {
  if (query.select === 'count') return [];
  const paths = query.select.flatMap((selected) => {
    if ('field' in selected) return findPath(selected.field, object, scope);
    return fieldsOf(selected.group, query, { ...scope, object });
  });
  const names = new Set<string>();
  for (const { steps, field } of paths) {
    const name = [...steps.map((step) => step.name), field.name].join('.');
    // SOQL guide, "FIELDS()": `duplicate field selected: Id`.
    if (names.has(name)) throw new SoqlError('INVALID_FIELD', `duplicate field selected: ${name}`);
    names.add(name);
  }
  return paths;
}

function fieldsOf(
  group: FieldGroup,
  { limit }: Query,
  { object, access }: QueryScope & { readonly object: ObjectDescription },
): FieldPath[] {
  if (group !== 'STANDARD' && (limit === null || limit > MOST_WITH_ALL_FIELDS)) {
    const message = `The SOQL FIELDS function must have a LIMIT of at most ${MOST_WITH_ALL_FIELDS}`;
    throw new SoqlError('MALFORMED_QUERY', message);
  }
  return object.fields
    .filter((field) => access.sees(object, field))
    .filter(({ name }) => group === 'ALL' || name.endsWith('__c') === (group === 'CUSTOM'))
    .map((field) => ({ steps: [], field }));
}
