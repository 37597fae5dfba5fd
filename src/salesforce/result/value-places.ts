import { type Span, spansOf } from './span.ts';

/**
 * Between which words Salesforce is known to quote a value in English: whole, cut short or
 * rewritten. Null: up to the end.
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

/** Ids of records, and numbers, which may come back in another notation than they were sent in. */
const idOrNumber = /\b[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?\b|\d[\d.,]{4,}(?:[eE][+-]?\d+)?/g;

function knownPlace(message: string, after: string, until: string | null): Span[] {
  const found = message.indexOf(after);
  if (found === -1) return [];
  const start = found + after.length;
  const end = until === null ? -1 : message.lastIndexOf(until);
  return [{ start, end: end < start ? message.length : end }];
}

/** From the first quote to the last, since nobody can tell which of them are apostrophes. */
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

/** Says whether a part of a text belongs to the name of a column. */
function isOfName(text: string, span: Span, names: ReadonlySet<string>): boolean {
  let { start, end } = span;
  while (nameCharacter.test(text.charAt(start - 1))) start--;
  while (nameCharacter.test(text.charAt(end))) end++;
  return names.has(text.slice(start, end));
}

/**
 * Where a message of Salesforce has a value whatever the cells hold: in quotes, in known places,
 * and in form of an id or a number. `names` are those of columns, which are no values.
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
