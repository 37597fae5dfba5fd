import { known, listOf, type Properties, quotedField, type Step } from './transform-steps.ts';
import type { Translation } from './translation.ts';

/** A condition over the record; null: there is no equivalent. */
function conditionOf(name: string, config: Properties): string | null {
  const type = config[`predicates.${name}.type`]?.split('.').at(-1);
  if (type === 'TopicNameMatches') {
    const pattern = (config[`predicates.${name}.pattern`] ?? '').replaceAll('/', '\\/');
    return `$contains(topic, /^(?:${pattern})$/)`;
  }
  if (type !== 'HasHeaderKey') return null;
  return `$exists(headers.${quotedField(config[`predicates.${name}.name`])})`;
}

/** Limits a step to the records for which its predicate holds. */
function withPredicate(step: Step, properties: Properties, config: Properties): Step {
  const { predicate, negate } = properties;
  if (predicate === undefined || step.expression === undefined) return step;
  const isTombstone =
    config[`predicates.${predicate}.type`]?.endsWith('RecordIsTombstone') ?? false;
  if (isTombstone && step.isFilter && negate !== 'true') {
    return { settings: { TOMBSTONES: 'skip' } };
  }
  const condition = conditionOf(predicate, config);
  if (condition === null)
    return { warning: `has the predicate ${predicate}, which has no equivalent` };
  const holds = negate === 'true' ? `$not(${condition})` : condition;
  const { isFilter } = step;
  return { expression: `${holds} ? ${step.expression} : $v`, ...(isFilter && { isFilter }) };
}

function stepOf(name: string, config: Properties): Step {
  const prefix = `transforms.${name}.`;
  const properties = Object.fromEntries(
    Object.entries(config).flatMap(([key, value]) =>
      key.startsWith(prefix) ? [[key.slice(prefix.length), value] as const] : [],
    ),
  );
  const [type = '', part = 'Value'] = (properties['type']?.split('.').at(-1) ?? '').split('$');
  if (part === 'Key')
    return { warning: 'changes the key and is not run: only TRANSFORM reads keys' };
  const translate = Object.hasOwn(known, type) ? known[type] : undefined;
  if (translate === undefined) {
    return { warning: `(${type}) has no equivalent: write it as part of settings.TRANSFORM` };
  }
  return withPredicate(translate(properties), properties, config);
}

/**
 * Translates the transforms of a connector: names into `FIELD_MAP` if that is all they do, else into
 * one expression for `TRANSFORM`.
 */
export function translateTransforms(value: string, config: Properties): Translation {
  const steps = listOf(value).map((name) => [name, stepOf(name, config)] as const);
  const run = steps.flatMap(([, { expression, isFilter }]) =>
    expression === undefined ? [] : [{ expression, isFilter }],
  );
  const maps = steps.flatMap(([, { expression, fieldMap }]) =>
    expression === undefined ? [] : [fieldMap],
  );
  const warnings = steps.flatMap(([name, { warning }]) => (warning ? [`${name} ${warning}`] : []));
  const onlyNames = maps.length === 1 && maps[0] !== undefined;
  // A record that is filtered stays so: each of its later values would be one again.
  const firstFilter = run.findIndex(({ isFilter }) => isFilter);
  const assignments = run
    .map(({ expression }, index) =>
      firstFilter >= 0 && index > firstFilter ? `$exists($v) ? (${expression})` : expression,
    )
    .map((expression) => `$v := ${expression};`)
    .join(' ');
  const transform = onlyNames
    ? { FIELD_MAP: maps[0] }
    : run.length === 0
      ? {}
      : { TRANSFORM: `($v := value; ${assignments} $v)` };
  const check = run.length > 0 && !onlyNames ? ['check TRANSFORM with npm run try'] : [];
  const warning = [...warnings, ...check].join('; ');
  return {
    settings: { ...Object.assign({}, ...steps.map(([, { settings }]) => settings)), ...transform },
    ...(warning === '' ? {} : { warning: `${value}: ${warning}` }),
  };
}
