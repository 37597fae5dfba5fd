import { type Span, spansOf } from './span.ts';

/** Where Salesforce is known to quote a value in English, whole, cut short or rewritten. */
const quotedValues: readonly RegExp[] = [
  /(?<=Due to, ')[\s\S]*(?=' is not a valid value)/g,
  /(?<=data value too large: )[\s\S]*(?= \(max length)/g,
  /(?<=restricted picklist field: )[\s\S]*$/g,
  /(?<=external id specified: )[\s\S]*$/g,
  /(?<=numeric field: )[\s\S]*$/g,
  /(?<=[Ee]xternal ID: )[\s\S]*(?= not found)/g,
  /(?<=value not of required type: )[\s\S]*$/g,
  /(?<=invalid email address: )[\s\S]*$/g,
  /(?<=')[^']*(?=')/g,
  /(?<=")[^"]*(?=")/g,
];

/** Ids of records, and numbers, which may come back in another notation than they were sent in. */
const idsAndNumbers = [/\b[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?\b/g, /\d[\d.,]{4,}(?:[eE][+-]?\d+)?/g];

/** Says whether a part of a text belongs to the name of a column. */
function isOfName(text: string, { start, end }: Span, names: readonly string[]): boolean {
  const before = /[\w.:]*$/.exec(text.slice(0, start))?.[0] ?? '';
  const after = /^[\w.:]*/.exec(text.slice(end))?.[0] ?? '';
  return names.includes(before + text.slice(start, end) + after);
}

/**
 * Where a message of Salesforce has a value whatever the cells hold: in quotes, in known places,
 * and in form of an id or a number. `names` are those of columns, which are no values.
 */
export function placesOfValues(message: string, names: readonly string[]): Span[] {
  return [...quotedValues, ...idsAndNumbers]
    .flatMap((pattern) => spansOf(pattern, message))
    .filter((span) => !isOfName(message, span, names));
}
