import { SoqlError } from './soql-error.ts';
import type { Token } from './tokens.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  '"': '"',
  "'": "'",
  '\\': '\\',
};

/**
 * The text between the quotes (SOQL guide, "Quoted String Escape Sequences").
 * @throws SoqlError MALFORMED_QUERY for a backslash that escapes nothing.
 */
export function readText(token: Token): string {
  return [...charactersOf(token, false)].map(({ text }) => text).join('');
}

/**
 * The pattern of a LIKE, which ignores case: `%` is any text, `_` one character, `\%` and `\_` the
 * characters themselves.
 * @throws SoqlError MALFORMED_QUERY for a backslash that escapes nothing.
 */
export function readPattern(token: Token): RegExp {
  const parts = [...charactersOf(token, true)].map(({ text, escaped }) => {
    if (!escaped && text === '%') return '.*';
    if (!escaped && text === '_') return '.';
    return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  });
  return new RegExp(`^${parts.join('')}$`, 'isu');
}

interface Character {
  readonly text: string;
  readonly escaped: boolean;
}

function* charactersOf(token: Token, inLike: boolean): Generator<Character> {
  const literal = token.text.slice(1, -1);
  for (const [text, unicode, sequence] of literal.matchAll(/\\u([\da-f]{4})|\\(.)|[^\\]+?/gisu)) {
    if (unicode !== undefined) {
      yield { text: String.fromCharCode(Number.parseInt(unicode, 16)), escaped: true };
    } else if (sequence !== undefined) {
      yield { text: unescaped(sequence, inLike) ?? fail(token, sequence), escaped: true };
    } else yield { text, escaped: false };
  }
}

function unescaped(character: string, inLike: boolean): string | undefined {
  if (inLike && (character === '_' || character === '%')) return character;
  return ESCAPES[character] ?? ESCAPES[character.toLowerCase()];
}

/** The wording of a search (reports of clients). assumption: query-error-wording. */
function fail({ text, at }: Token, character: string): never {
  const message = `Invalid string literal ${text}. Illegal character sequence '\\${character}' in string literal.`;
  throw new SoqlError('MALFORMED_QUERY', message, at);
}
