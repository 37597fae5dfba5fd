import { otherFields } from '../../src/config/field-map.ts';
import type { Translation } from './translation.ts';

/** The properties of a transform, or a whole connector. */
export type Properties = Readonly<Record<string, string>>;

/** One transform of a connector: an expression of JSONata over `$v`, the value, or a warning. */
export interface Step {
  /** Absent: the sink does this without an expression. */
  readonly expression?: string;
  /** Names that only `FIELD_MAP` needs, if the chain does nothing else. */
  readonly fieldMap?: Readonly<Record<string, string | null>>;
  readonly settings?: Translation['settings'];
  readonly warning?: string;
  /** Set if it leaves records out: its expression is `()`, or `()` under a condition. */
  readonly isFilter?: true;
}

/** Text in an expression. */
export const text = (value: unknown): string => JSON.stringify(value);
/** The items of a list with commas. */
export const listOf = (value = ''): string[] =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean);

/** Keeps or drops fields by name, then renames them, as Connect does. */
export function replaceField(properties: Properties): Step {
  const include = listOf(properties['include'] ?? properties['whitelist']);
  const exclude = listOf(properties['exclude'] ?? properties['blacklist']);
  const renames = Object.fromEntries(
    listOf(properties['renames']).map((pair) => pair.split(':') as [string, string]),
  );
  const kept = [
    ...(include.length > 0 ? [`$k in ${text(include)}`] : []),
    ...(exclude.length > 0 ? [`$not($k in ${text(exclude)})`] : []),
  ].join(' and ');
  const entries = `$merge($each($v, function($x, $k) { {$lookup($names, $k) ? $lookup($names, $k) : $k: $x} }))`;
  const filtered = kept === '' ? '$v' : `$merge([{}, $sift($v, function($x, $k) { ${kept} })])`;
  const expression =
    Object.keys(renames).length === 0
      ? filtered
      : `($names := ${text(renames)}; $v := ${filtered}; ${entries})`;
  return { expression, ...fieldMapOf({ include, exclude, renames }) };
}

/** Source: `src/config/field-map.ts`. */
const fieldName = /^[A-Za-z]\w*$/;

/** `FIELD_MAP` with the same names; none if it cannot hold one of them. */
function fieldMapOf(names: {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly renames: Readonly<Record<string, string>>;
}): Pick<Step, 'fieldMap'> {
  const { include, exclude, renames } = names;
  const kept = Object.fromEntries(include.map((name) => [name, renames[name] ?? name]));
  const dropped = Object.fromEntries(exclude.map((name) => [name, null]));
  const fieldMap =
    include.length > 0 ? { ...kept, ...dropped, [otherFields]: null } : { ...renames, ...dropped };
  const isMap = Object.values(fieldMap).every((name) => name === null || fieldName.test(name));
  return isMap ? { fieldMap } : {};
}

/** The members of values that are objects in an expression, but single values to Connect. */
const singleValues = ['days,kind', 'kind,ms', 'kind,source', 'code,kind,namesField,reason'];

/** Makes one level of nested objects, with their names joined; lists stay as they are. */
export function flatten({ delimiter = '.' }: Properties): Step {
  const isNested = `$type($x) = "object" and $not($join($sort($keys($x)), ",") in ${text(singleValues)})`;
  const name = `$p & $k`;
  const entry = `${isNested} ? $f($x, ${name} & ${text(delimiter)}) : {${name}: $x}`;
  const body = `$merge([{}, $each($o, function($x, $k) { ${entry} })])`;
  return { expression: `($f := function($o, $p) { ${body} }; $f($v, ""))` };
}

/** Adds a constant, or a coordinate or the time of the record; Connect marks fields with `!` or `?`. */
export function insertField(properties: Properties): Step {
  const sources = {
    topic: 'topic',
    partition: 'partition',
    offset: 'offset',
    timestamp: '$fromMillis(timestamp)',
  };
  const nameOf = (key: string) => properties[key]?.replace(/[!?]$/, '');
  const coordinates = Object.entries(sources).flatMap(([key, source]) => {
    const name = nameOf(`${key}.field`);
    return name === undefined ? [] : [`${text(name)}: ${source}`];
  });
  const constant = nameOf('static.field');
  const added = [
    ...coordinates,
    ...(constant === undefined ? [] : [`${text(constant)}: ${text(properties['static.value'])}`]),
  ];
  return { expression: `$merge([$v, {${added.join(', ')}}])` };
}

/** A field name in an expression. */
export const quotedField = (name = ''): string => `\`${name}\``;

const unwrapped =
  'is not needed: change events are unwrapped. Set TOMBSTONES to delete or skip, since a delete is errant otherwise';

/** What the sink has taken out of a change event before an expression sees it. */
const ofChangeEvent = ['before', 'after', 'source', 'op', 'transaction'];

/** Takes a field of the value, or with version 2 of the syntax one by its path. */
export function extractField({ field = '', 'field.syntax.version': version }: Properties): Step {
  if (field === 'after') return { warning: unwrapped };
  if (ofChangeEvent.includes(field)) {
    const warning = `takes ${field} of a change event, which TRANSFORM reads as event.${field}`;
    return { warning };
  }
  if (version !== 'V2') return { expression: `$v.${quotedField(field)}` };
  if (field.includes('`')) return { warning: 'has a quoted path, which has no equivalent' };
  return { expression: `$v.${field.split('.').map(quotedField).join('.')}` };
}

/** What the sink does with change events itself; what its options ask for is left to the user. */
export function extractNewRecordState(properties: Properties): Step {
  const options = Object.keys(properties).filter(
    (name) => !['type', 'predicate', 'negate'].includes(name),
  );
  const ignored =
    options.length === 0
      ? ''
      : `; its ${options.join(', ')} ${options.length > 1 ? 'have' : 'has'} no effect`;
  return { warning: `${unwrapped}${ignored}` };
}
