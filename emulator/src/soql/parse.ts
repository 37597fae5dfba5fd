import { parseCondition, parseField } from './parse-condition.ts';
import type { FieldGroup, Query, Selected, SortKey } from './query.ts';
import { notImplemented, SoqlError } from './soql-error.ts';
import { TokenStream } from './token-stream.ts';
import { unexpected } from './tokens.ts';

const GROUPS: readonly string[] = ['ALL', 'STANDARD', 'CUSTOM'] satisfies FieldGroup[];

/** Clauses that an org has and the emulator does not. */
const CLAUSES = ['USING', 'WITH', 'GROUP', 'HAVING', 'FOR', 'UPDATE', 'ALL', 'AS'];

const LARGEST_OFFSET = 2_000;

/**
 * Reads a query:
 *
 *     SELECT field[, field…] | FIELDS(ALL|STANDARD|CUSTOM) | COUNT() FROM object
 *     [WHERE condition] [ORDER BY field [ASC|DESC] [NULLS FIRST|LAST][, …]] [LIMIT n] [OFFSET n]
 *
 * @throws SoqlError
 */
export function parseQuery(text: string): Query {
  const tokens = new TokenStream(text);
  const start = tokens.peek();
  // Recorded without an excerpt: `unexpected token: 'invalid'`.
  if (!tokens.accept('SELECT')) throw new SoqlError('MALFORMED_QUERY', unexpected(start).message);
  const select = parseSelect(tokens);
  tokens.expect('FROM');
  const from = tokens.expectKind('word');
  const where = tokens.accept('WHERE') ? parseCondition(tokens) : null;
  const orderBy = tokens.accept('ORDER', 'BY') ? parseOrder(tokens) : [];
  const limit = tokens.accept('LIMIT') ? parseCount(tokens) : null;
  const offset = tokens.accept('OFFSET') ? parseCount(tokens) : 0;
  if (offset > LARGEST_OFFSET) {
    const message = `Maximum SOQL offset allowed is ${LARGEST_OFFSET}`;
    throw new SoqlError('NUMBER_OUTSIDE_VALID_RANGE', message);
  }
  checkEnd(tokens);
  return { select, from, where, orderBy, limit, offset };
}

function parseSelect(tokens: TokenStream): Query['select'] {
  const first = tokens.peek();
  // Release notes of Summer '24: `unexpected token: 'SELECT FROM'`.
  if (tokens.sees('FROM')) throw unexpected({ ...first, text: `SELECT ${first.text}` });
  if (tokens.accept('COUNT', '(', ')')) return 'count';
  const selected = [parseSelected(tokens)];
  while (tokens.accept(',')) selected.push(parseSelected(tokens));
  return selected;
}

function parseSelected(tokens: TokenStream): Selected {
  const { at } = tokens.peek();
  if (tokens.sees('(')) throw notImplemented('a query for children', at);
  if (tokens.sees('TYPEOF')) throw notImplemented('TYPEOF', at);
  if (tokens.sees('FROM')) throw tokens.refuse();
  if (!tokens.accept('FIELDS', '(')) return { field: parseField(tokens) };
  const group = tokens.take();
  if (!GROUPS.includes(group.text.toUpperCase())) throw unexpected(group);
  tokens.expect(')');
  return { group: group.text.toUpperCase() as FieldGroup };
}

function parseOrder(tokens: TokenStream): SortKey[] {
  const keys = [parseSortKey(tokens)];
  while (tokens.accept(',')) keys.push(parseSortKey(tokens));
  return keys;
}

function parseSortKey(tokens: TokenStream): SortKey {
  const field = parseField(tokens);
  const descending = tokens.accept('DESC');
  if (!descending) tokens.accept('ASC');
  if (!tokens.accept('NULLS')) return { field, descending, nullsLast: false };
  const nullsLast = tokens.accept('LAST');
  if (!nullsLast) tokens.expect('FIRST');
  return { field, descending, nullsLast };
}

function parseCount(tokens: TokenStream): number {
  const token = tokens.expectKind('number');
  if (!/^\d+$/.test(token.text)) throw unexpected(token);
  return Number(token.text);
}

function checkEnd(tokens: TokenStream): void {
  const token = tokens.peek();
  if (token.kind === 'end') return;
  const clause = CLAUSES.find((name) => name === token.text.toUpperCase());
  if (clause !== undefined) throw notImplemented(`the clause ${clause}`, token.at);
  throw tokens.refuse();
}
