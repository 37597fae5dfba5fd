import type { FieldDescription, ObjectDescription } from '../object/description.ts';
import type { FieldValue, StoredRecord } from '../record/record-store.ts';
import { comparable, compare, kindOf } from './comparable.ts';
import { findPath, type QueryScope, valueAt } from './field-path.ts';
import type { Comparison, Condition, Operator } from './query.ts';
import { readLike, readLiteral } from './read-literal.ts';
import { SoqlError } from './soql-error.ts';
import type { Token } from './tokens.ts';

/** Whether a record meets a condition. */
export type Filter = (record: StoredRecord) => boolean;

/** What a condition is checked against. */
interface FilterScope extends QueryScope {
  readonly object: ObjectDescription;
}

/**
 * Makes a filter of a condition.
 * @throws SoqlError for a field, an operator or a literal that does not fit.
 */
export function makeFilter(condition: Condition, scope: FilterScope): Filter {
  switch (condition.kind) {
    case 'NOT': {
      const filter = makeFilter(condition.part, scope);
      return (record) => !filter(record);
    }
    case 'AND': {
      const filters = condition.parts.map((part) => makeFilter(part, scope));
      return (record) => filters.every((filter) => filter(record));
    }
    case 'OR': {
      const filters = condition.parts.map((part) => makeFilter(part, scope));
      return (record) => filters.some((filter) => filter(record));
    }
    case 'comparison':
      return makeComparison(condition, scope);
  }
}

function makeComparison(comparison: Comparison, scope: FilterScope): Filter {
  const { field: token, operator, literals } = comparison;
  const path = findPath(token, scope.object, scope);
  const { field } = path;
  checkOperator(token, field, operator);
  const test = makeTest(operator, { field, at: token.at, literals }, scope);
  return (record) => test(comparable(valueAt(record, path, scope), field));
}

interface Operands {
  readonly field: FieldDescription;
  readonly at: number;
  readonly literals: readonly Token[];
}

function makeTest(
  operator: Operator,
  operands: Operands,
  { choices }: QueryScope,
): (value: FieldValue) => boolean {
  const { field, literals } = operands;
  if (operator === 'LIKE') {
    const pattern = readLike(literals[0] as Token, operands);
    return (value) => value !== null && pattern.test(String(value));
  }
  const values = literals.map((literal) => comparable(readLiteral(literal, operands), field));
  const among = new Set(values);
  switch (operator) {
    case '=':
    case 'IN':
      return (value) => among.has(value);
    case '!=':
    case 'NOT IN': {
      const found = choices['query-empty-values'] === 'found';
      return (value) => !among.has(value) && (value !== null || found);
    }
    default: {
      const [bound = null] = values;
      const isMet = ORDERS[operator];
      return (value) => value !== null && bound !== null && isMet(compare(value, bound));
    }
  }
}

const ORDERS: Readonly<Record<'<' | '<=' | '>' | '>=', (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

/** Reports of clients: `invalid operator on id field`. assumption: query-error-wording. */
function checkOperator({ at }: Token, field: FieldDescription, operator: Operator): void {
  if (!field.filterable || kindOf(field) === 'compound') {
    const message = `field '${field.name}' can not be filtered in a query call`;
    throw new SoqlError('INVALID_FIELD', message, at);
  }
  const kind = field.type === 'multipicklist' ? field.type : kindOf(field);
  const hasOrder = kind !== 'boolean' && kind !== 'multipicklist';
  if (operator === 'LIKE' ? kind === 'text' : operator in ORDERS ? hasOrder : true) return;
  const message = `invalid operator on ${kind} field`;
  throw new SoqlError('INVALID_QUERY_FILTER_OPERATOR', message, at);
}
