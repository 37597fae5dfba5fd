import { type Span, spansOf } from './span.ts';

/**
 * Words between which Salesforce quotes a value in English: whole, truncated or rewritten. Null: up to
 * the end.
 */
const knownPlaces: readonly (readonly [after: string, until: string | null])[] = [
  ["Due to, '", "' is not a valid value"],
  ['data value too large: ', ' (max length'],
  ['restricted picklist field: ', null],
  ['external id specified: ', null],
  ['numeric field: ', null],
  ['external ID: ', ' not found'],
  ['External ID: ', ' not found'],
  ['value not of required type: ', null],
  ['invalid email address: ', null],
];

/** Record ids, and numbers, which may come back in another notation than they were sent. */
const idOrNumber = /\b[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?\b|\d[\d.,]{4,}(?:[eE][+-]?\d+)?/g;

function knownPlace(message: string, after: string, until: string | null): Span[] {
  const found = message.indexOf(after);
  if (found === -1) return [];
  const start = found + after.length;
  const end = until === null ? -1 : message.lastIndexOf(until);
  return [{ start, end: end < start ? message.length : end }];
}

/** Spans between quotes, from the first to the last: some may be apostrophes. */
function between(message: string, quote: string): Span[] {
  const spans: Span[] = [];
  let start = message.indexOf(quote) + 1;
  if (start === 0) return [];
  for (let end = message.indexOf(quote, start); end !== -1; end = message.indexOf(quote, start)) {
    spans.push({ start, end });
    start = end + 1;
  }
  return spans;
}

const nameCharacter = /[\w.:]/;

/** Tells whether a span is part of a column name. */
function isOfName(text: string, span: Span, names: ReadonlySet<string>): boolean {
  let { start, end } = span;
  while (nameCharacter.test(text.charAt(start - 1))) start--;
  while (nameCharacter.test(text.charAt(end))) end++;
  return names.has(text.slice(start, end));
}

/**
 * Where a message contains a value regardless of cells: in quotes, in known places, and in the form of
 * an id or a number. `names` are column names, which are not values.
 */
export function spansOfQuotedValues(message: string, names: ReadonlySet<string>): Span[] {
  const spans = [
    ...knownPlaces.flatMap(([after, until]) => knownPlace(message, after, until)),
    ...between(message, "'"),
    ...between(message, '"'),
    ...spansOf(idOrNumber, message),
  ];
  return spans.filter((span) => !isOfName(message, span, names));
}
