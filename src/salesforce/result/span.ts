/** A part of a text, from index `start` to index `end` (exclusive). */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Where a global pattern matches; `offset` is added to each index. */
export function spansOf(pattern: RegExp, text: string, offset = 0): Span[] {
  return [...text.matchAll(pattern)].map(({ index, 0: match }) => {
    return { start: offset + index, end: offset + index + match.length };
  });
}
