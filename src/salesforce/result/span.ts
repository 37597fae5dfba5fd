/** A part of a text: from index `start` up to index `end`, which is not in it. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Where a pattern, which must be global, matches; `offset` is added to each index. */
export function spansOf(pattern: RegExp, text: string, offset = 0): Span[] {
  return [...text.matchAll(pattern)].map(({ index, 0: match }) => {
    return { start: offset + index, end: offset + index + match.length };
  });
}
