/** The codes of a refused query. */
export type QueryErrorCode =
  | 'MALFORMED_QUERY'
  | 'INVALID_FIELD'
  | 'INVALID_TYPE'
  | 'INVALID_QUERY_FILTER_OPERATOR'
  | 'NUMBER_OUTSIDE_VALID_RANGE';

/** A refused query. */
export class SoqlError extends Error {
  readonly errorCode: QueryErrorCode;
  /** Where in the query; null: the message does not show it. */
  readonly at: number | null;

  constructor(errorCode: QueryErrorCode, message: string, at: number | null = null) {
    super(message);
    this.errorCode = errorCode;
    this.at = at;
  }
}

/** A query that an org would answer. */
export function notImplemented(feature: string, at: number): SoqlError {
  return new SoqlError('MALFORMED_QUERY', `The emulator does not implement ${feature}`, at);
}

const AROUND = 30;

/**
 * The message of an error, after an excerpt of the query with a caret below the place. Recorded:
 * `\nSELECT Id FROM Accountz LIMIT 2\n               ^\nERROR at Row:1:Column:16\nsObject type …`.
 * assumption: query-excerpt.
 */
export function explainError({ message, at }: SoqlError, query: string): string {
  if (at === null) return message;
  const before = query.slice(0, at).split('\n');
  const row = before.length;
  const column = before.at(-1)?.length ?? 0;
  const line = query.split('\n')[row - 1] ?? '';
  const start = wordEdge(line, Math.max(0, column - AROUND), -1);
  const end = wordEdge(line, Math.min(line.length, column + AROUND), 1);
  const caret = `${' '.repeat(column - start)}^`;
  const place = `ERROR at Row:${row}:Column:${column + 1}`;
  return ['', line.slice(start, end), caret, place, message].join('\n');
}

/** The nearest place in that direction that is not inside a word. */
function wordEdge(line: string, place: number, step: 1 | -1): number {
  const inWord = (at: number) => /^[^\s,]{2}$/.test(line.slice(at - 1, at + 1));
  let edge = place;
  while (edge > 0 && edge < line.length && inWord(edge)) edge += step;
  return edge;
}
