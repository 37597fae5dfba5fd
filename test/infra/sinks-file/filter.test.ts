import { describe, expect, it } from 'vitest';
import { mapping } from '../../../infra/stack/mapping.ts';
import { fileWith, type Keys, read, stageWith } from '../given.ts';

const problemsOf = (keys: Keys) => read(fileWith(keys)).problems;

const patternsOf = (filter: unknown) => {
  const { FilterCriteria } = mapping(stageWith({ filter }).sinks[0]!).Properties as {
    FilterCriteria?: { Filters: readonly { Pattern: string }[] };
  };
  return FilterCriteria?.Filters.map(({ Pattern }) => JSON.parse(Pattern) as unknown);
};

describe('a filter', () => {
  it.each<[string, Record<string, unknown>]>([
    ['equality', { type: ['contact', 7, true, null] }],
    ['a nested field', { payload: { after: { type: ['contact'] } } }],
    ['the operators', { a: [{ exists: true }, { prefix: 'x' }, { suffix: 'y' }] }],
    ['text in any case', { a: [{ 'equals-ignore-case': 'X' }] }],
    ['a negation', { a: [{ 'anything-but': ['x', 'y'] }], b: [{ 'anything-but': 'x' }] }],
    ['a number', { a: [{ numeric: ['=', 1] }], b: [{ numeric: ['>', 0, '<=', 5] }] }],
    ['one of several fields', { $or: [{ a: ['x'] }, { b: ['y'] }] }],
  ])('with %s is the pattern of the value', (_what, pattern) => {
    expect(problemsOf({ filter: pattern })).toEqual([]);
    expect(patternsOf(pattern)).toEqual([{ value: pattern }]);
  });

  it('has up to five patterns', () => {
    const patterns = [1, 2, 3, 4, 5].map((n) => ({ a: [n] }));
    expect(patternsOf(patterns)).toEqual(patterns.map((value) => ({ value })));
    expect(problemsOf({ filter: [...patterns, { a: [6] }] })).toEqual([
      expect.stringContaining('filter takes 1 to 5 patterns'),
    ]);
    expect(problemsOf({ filter: [] })).toEqual([
      expect.stringContaining('filter takes 1 to 5 patterns'),
    ]);
  });

  it('is left out of a mapping without one', () => {
    expect(mapping(stageWith({}).sinks[0]!).Properties).not.toHaveProperty('FilterCriteria');
  });

  it.each<[unknown, string]>([
    ['contact', 'takes a pattern of the value, or a list of patterns'],
    [{}, 'value is an empty map, which matches nothing'],
    [{ type: 'contact' }, 'value.type takes a list of values, such as [contact]'],
    [{ type: [] }, 'value.type is an empty list, which matches nothing'],
    [{ type: [['x']] }, 'value.type contains a list'],
    [{ type: [{ regex: 'x' }] }, 'value.type has the unknown operator regex; Lambda knows exists'],
    [{ type: [{ constructor: 'x' }] }, 'has the unknown operator constructor'],
    [{ type: [{ prefix: 1 }] }, 'value.type has an invalid operand of prefix'],
    [{ type: [{ exists: 'yes' }] }, 'has an invalid operand of exists'],
    [{ type: [{ 'anything-but': [] }] }, 'has an invalid operand of anything-but'],
    [{ type: [{ numeric: ['~', 1] }] }, 'has an invalid operand of numeric'],
    [{ type: [{ numeric: ['=', '1'] }] }, 'has an invalid operand of numeric'],
    [{ type: [{ numeric: ['>', 1, '<'] }] }, 'has an invalid operand of numeric'],
    [{ type: [{ numeric: ['=', 1, '=', 2] }] }, 'has an invalid operand of numeric'],
    [{ type: [{ numeric: ['<', 5, '>', 0] }] }, 'has an invalid operand of numeric'],
    [{ type: [{ numeric: ['>', 5, '<', 0] }] }, 'has an invalid operand of numeric'],
    [{ type: [{ 'anything-but': null }] }, 'has an invalid operand of anything-but'],
    [{ type: [{ 'anything-but': ['x', 1] }] }, 'has an invalid operand of anything-but'],
    [{ type: [{ prefix: 'a', suffix: 'b' }] }, 'has an operator with several keys'],
    [{ $or: [{ a: ['x'] }] }, 'value.$or takes a list of at least two patterns'],
    [{ $or: [{ a: ['x'] }, { b: 'y' }] }, 'value.$or[1].b takes a list'],
    [{ a: ['x'.repeat(4_090)] }, 'has a pattern of more than 4096 characters'],
  ])('%j is refused before it is deployed', (filter, problem) => {
    expect(problemsOf({ filter })).toEqual([expect.stringContaining(problem)]);
  });

  it('of values in the wire format is refused', () => {
    const settings = {
      VALUE_FORMAT: 'avro',
      SCHEMA_REGISTRY_URL: 'https://registry.acme.example',
    };
    expect(problemsOf({ filter: { a: ['x'] }, settings })).toEqual([
      expect.stringContaining('filter compares JSON values only'),
    ]);
  });
});
