import { kafka, known, libraryOf } from './known-transforms.ts';
import { listOf, type Properties, quotedField, type Step } from './transform-steps.ts';
import type { Translation } from './translation.ts';

/** A condition over the record; null: there is no equivalent. */
function conditionOf(name: string, config: Properties): string | null {
  const type = config[`predicates.${name}.type`];
  if (type === `${kafka}.predicates.TopicNameMatches`) {
    const pattern = (config[`predicates.${name}.pattern`] ?? '').replaceAll('/', '\\/');
    return `$contains(topic, /^(?:${pattern})$/)`;
  }
  if (type !== `${kafka}.predicates.HasHeaderKey`) return null;
  return `$exists(headers.${quotedField(config[`predicates.${name}.name`])})`;
}

/** Limits a step to the records for which its predicate holds. */
function withPredicate(step: Step, properties: Properties, config: Properties): Step {
  const { predicate, negate } = properties;
  if (step.expression === undefined) return step;
  if (predicate === undefined) {
    return step.isFilter
      ? { ...step, warning: 'has no predicate, so it leaves out every record' }
      : step;
  }
  const isTombstone =
    config[`predicates.${predicate}.type`] === `${kafka}.predicates.RecordIsTombstone`;
  if (isTombstone && step.isFilter && negate !== 'true') {
    return { settings: { TOMBSTONES: 'skip' } };
  }
  // Steps leave tombstones alone anyway.
  if (isTombstone && !step.isFilter && negate === 'true') return step;
  const condition = conditionOf(predicate, config);
  if (condition === null)
    return { warning: `has the predicate ${predicate}, which has no equivalent` };
  const holds = negate === 'true' ? `$not(${condition})` : condition;
  const { isFilter } = step;
  return { expression: `${holds} ? ${step.expression} : $v`, ...(isFilter && { isFilter }) };
}

/** The name of a transform that is known; null: it is one of another library, or unknown. */
function knownName(type: string): string | null {
  const [path = ''] = type.split('$');
  const name = path.slice(path.lastIndexOf('.') + 1);
  return Object.hasOwn(known, name) && path === `${libraryOf(name)}.${name}` ? name : null;
}

function stepOf(name: string, config: Properties): Step {
  const prefix = `transforms.${name}.`;
  const properties = Object.fromEntries(
    Object.entries(config).flatMap(([key, value]) =>
      key.startsWith(prefix) ? [[key.slice(prefix.length), value] as const] : [],
    ),
  );
  const type = properties['type'] ?? '';
  if (type.endsWith('$Key')) {
    return { warning: 'changes the key and is not run: only TRANSFORM reads keys' };
  }
  const transform = knownName(type);
  if (transform === null) {
    return { warning: `(${type}) has no equivalent: write it as part of settings.TRANSFORM` };
  }
  return withPredicate(known[transform]?.(properties) ?? {}, properties, config);
}

/** A step as an assignment. A filtered record, whose value is nothing, and a tombstone stay what they are. */
const assignment = ({ expression, isFilter }: Step): string =>
  isFilter ? `$v := ${expression};` : `$v := $exists($v) and $v != null ? (${expression}) : $v;`;

/**
 * Translates the transforms of a connector: names into `FIELD_MAP` if that is all they do, else into
 * one expression for `TRANSFORM`.
 */
export function translateTransforms(value: string, config: Properties): Translation {
  const steps = listOf(value).map((name) => [name, stepOf(name, config)] as const);
  const run = steps.flatMap(([, step]) => (step.expression === undefined ? [] : [step]));
  const maps = run.map(({ fieldMap }) => fieldMap);
  const warnings = steps.flatMap(([name, { warning }]) => (warning ? [`${name} ${warning}`] : []));
  const onlyNames = maps.length === 1 && maps[0] !== undefined;
  // What is known of a tombstone's row may be nothing; its key identifies it then.
  const chain = `($v := value; ${run.map(assignment).join(' ')} $v = null ? {} : $v)`;
  const transform = onlyNames
    ? { FIELD_MAP: maps[0] }
    : run.length === 0
      ? {}
      : { TRANSFORM: chain };
  const check = run.length > 0 && !onlyNames ? ['check TRANSFORM with npm run try'] : [];
  const warning = [...warnings, ...check].join('; ');
  return {
    settings: { ...Object.assign({}, ...steps.map(([, { settings }]) => settings)), ...transform },
    ...(warning === '' ? {} : { warning: `${value}: ${warning}` }),
  };
}
