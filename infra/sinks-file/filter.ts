import { z } from 'zod';
import { limits } from '../limits/limits.ts';

/**
 * Limits of Lambda for filters.
 * Source: AWS Lambda developer guide, "Control which events Lambda sends to your function".
 */
const maxPatterns = limits.patterns.most;
const maxPatternCharacters = limits.pattern.most;

type Check = (operand: unknown) => boolean;

const isText: Check = (operand) => typeof operand === 'string';
const isScalar: Check = (operand) =>
  operand === null || ['string', 'number', 'boolean'].includes(typeof operand);
const isListOf =
  (check: Check): Check =>
  (operand) =>
    Array.isArray(operand) && operand.length > 0 && operand.every(check);

const [above, below] = [/^>=?$/, /^<=?$/];

/** One comparison, or a range that is not empty, from below: `["=", 1]`, `[">", 0, "<=", 5]`. */
const isNumeric: Check = (operand) => {
  if (!Array.isArray(operand)) return false;
  const [first, low, second, high] = operand as unknown[];
  if (typeof first !== 'string' || typeof low !== 'number') return false;
  if (operand.length === 2) return first === '=' || above.test(first) || below.test(first);
  if (operand.length !== 4 || typeof second !== 'string' || typeof high !== 'number') return false;
  return above.test(first) && below.test(second) && low < high;
};

const isNumber: Check = (operand) => typeof operand === 'number';

/** A text or number, or a list of either; not null, booleans, or both kinds in one list. */
const isExcluded: Check = (operand) =>
  [isText, isNumber].some((check) => check(operand) || isListOf(check)(operand));

/** The comparison operators and their operands. Source: as above, "Filter rule syntax". */
const operators: Readonly<Record<string, Check>> = {
  exists: (operand) => typeof operand === 'boolean',
  prefix: isText,
  suffix: isText,
  'equals-ignore-case': isText,
  numeric: isNumeric,
  'anything-but': isExcluded,
};

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The problem of one item of a rule; null when it is valid. */
function problemOfItem(item: unknown): string | null {
  if (isScalar(item)) return null;
  if (!isMap(item)) return 'contains a list; a rule is a flat list of values and operators';
  const [name = '', ...others] = Object.keys(item);
  if (others.length > 0) return 'has an operator with several keys; give each its own item';
  if (!Object.hasOwn(operators, name)) {
    return `has the unknown operator ${name}; Lambda knows ${Object.keys(operators).join(', ')}`;
  }
  return operators[name]?.(item[name]) ? null : `has an invalid operand of ${name}`;
}

/** The first problem of a pattern, with the path of its field; null when it is valid. */
function problemOf(pattern: unknown, path: string): string | null {
  if (Array.isArray(pattern)) {
    if (pattern.length === 0) return `${path} is an empty list, which matches nothing`;
    const problem = pattern.map(problemOfItem).find((one) => one !== null);
    return problem === undefined ? null : `${path} ${problem}`;
  }
  if (!isMap(pattern)) return `${path} takes a list of values, such as [contact]`;
  const fields = Object.entries(pattern);
  if (fields.length === 0) return `${path} is an empty map, which matches nothing`;
  for (const [name, rule] of fields) {
    const problem = name === '$or' ? problemOfOr(rule, path) : problemOf(rule, `${path}.${name}`);
    if (problem !== null) return problem;
  }
  return null;
}

function problemOfOr(patterns: unknown, path: string): string | null {
  if (!Array.isArray(patterns) || patterns.length < 2) {
    return `${path}.$or takes a list of at least two patterns`;
  }
  const problems = patterns.map((one, index) => problemOf(one, `${path}.$or[${index}]`));
  return problems.find((one) => one !== null) ?? null;
}

/** The text of a pattern for the event source mapping: it applies to the value of a record. */
export const filterPattern = (pattern: unknown): string => JSON.stringify({ value: pattern });

/** Patterns of JSON values; a record that matches none of them is never delivered. */
export const filter = z
  .union([z.record(z.string(), z.unknown()), z.array(z.record(z.string(), z.unknown()))], {
    error: 'takes a pattern of the value, or a list of patterns',
  })
  .transform((patterns) => (Array.isArray(patterns) ? patterns : [patterns]))
  .superRefine((patterns, context) => {
    const add = (message: string) => context.addIssue({ code: 'custom', message });
    if (patterns.length === 0 || patterns.length > maxPatterns) {
      return add(`takes 1 to ${maxPatterns} patterns`);
    }
    for (const pattern of patterns) {
      const problem = problemOf(pattern, 'value');
      if (problem !== null) return add(`is not a filter pattern: ${problem}`);
      if (filterPattern(pattern).length > maxPatternCharacters) {
        return add(`has a pattern of more than ${maxPatternCharacters} characters`);
      }
    }
  });
