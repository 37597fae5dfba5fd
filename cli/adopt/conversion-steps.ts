import { listOf, type Properties, quotedField, type Step, text } from './transform-steps.ts';

/** A transform that the sink does without. */
export const notNeeded = (reason: string) => (): Step => ({
  warning: `is not run, and not needed: ${reason}`,
});

/**
 * Casts that change what a field of Salesforce gets: an integer has no fraction, a `float32` about seven
 * digits, and a boolean is false for any text but `true`. Source: connect-transforms 4.4.0, run.
 */
const changingCast = /:(?:int(?:8|16|32|64)|float32|boolean)$/;

/** Other casts than these change nothing, since the type of the field decides how a value is written. */
export function cast({ spec = '' }: Properties): Step {
  const changing = listOf(spec).filter((one) => changingCast.test(one));
  if (changing.length === 0) {
    return notNeeded('the type of the field decides how a value is written')();
  }
  const warning = `changes values (${changing.join(', ')}), which is not run: use $floor, $round or a comparison in TRANSFORM`;
  return { warning };
}

/** The pictures of what a time becomes. Source: JSONata documentation, "$fromMillis". */
const pictures: Readonly<Record<string, string | null>> = {
  Timestamp: null,
  Date: '[Y0001]-[M01]-[D01]',
  Time: '[H01]:[m01]:[s01].[f001]Z',
};

/** Makes a time of a number, the milliseconds or seconds since 1970. */
export function timestampConverter(properties: Properties): Step {
  const { field = '', format, 'target.type': target = '', 'unix.precision': unit } = properties;
  const perUnit = { milliseconds: 1, seconds: 1000 }[unit ?? 'milliseconds'];
  const picture = pictures[target];
  if (field === '' || format !== undefined || perUnit === undefined || picture === undefined) {
    const warning =
      'converts between times, texts and numbers, which is not run: use $fromMillis and $toMillis in settings.TRANSFORM';
    return { warning };
  }
  const name = `$v.${quotedField(field)}`;
  const ms = perUnit === 1 ? name : `${name} * ${perUnit}`;
  const time = `$fromMillis(${ms}${picture === null ? '' : `, ${text(picture)}`})`;
  const expression = `$type(${name}) = "number" ? $merge([$v, {${text(field)}: ${time}}]) : $v`;
  return { expression };
}
