import type { Span } from './span.ts';

/**
 * Letters and digits that form one word with their neighbours. Scripts without spaces between words
 * have none, nor has Korean, where particles follow a name directly.
 */
const wordCharacter =
  /(?![\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}])[\p{L}\p{M}\p{N}_]/u;

const letterOrDigit = /[\p{L}\p{N}]/u;

function isWholeWord(text: string, { start, end }: Span): boolean {
  const isOfWord = (index: number) => wordCharacter.test(text.charAt(index));
  const goesOnBefore = isOfWord(start - 1) && isOfWord(start);
  const goesOnAfter = isOfWord(end - 1) && isOfWord(end);
  return !goesOnBefore && !goesOnAfter;
}

/** Where a value occurs in a text. */
export function spansOfValue(text: string, value: string): Span[] {
  const spans: Span[] = [];
  for (let start = text.indexOf(value); start !== -1; start = text.indexOf(value, start + 1)) {
    spans.push({ start, end: start + value.length });
  }
  return spans;
}

/** Where a value with a letter or digit occurs in a text as a whole word. */
export function spansOfWord(text: string, value: string): Span[] {
  const spans = spansOfValue(text, value);
  if (spans.length === 0 || !letterOrDigit.test(value)) return [];
  return spans.filter((span) => isWholeWord(text, span));
}
