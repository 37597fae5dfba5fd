import type { Token } from './tokens.ts';

/** A comparison of a field with a literal, or with a list of them. */
export interface Comparison {
  readonly kind: 'comparison';
  /** A field, or a path to one of a parent, such as `Account.Name`. */
  readonly field: Token;
  readonly operator: Operator;
  /** One, or the list of IN and NOT IN. */
  readonly literals: readonly Token[];
}

/** The operators; `<>` is `!=`. */
export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'LIKE' | 'IN' | 'NOT IN';

/** The condition of a WHERE clause. */
export type Condition =
  | Comparison
  | { readonly kind: 'AND' | 'OR'; readonly parts: readonly Condition[] }
  | { readonly kind: 'NOT'; readonly part: Condition };

/** A field of an ORDER BY clause. */
export interface SortKey {
  readonly field: Token;
  readonly descending: boolean;
  /** Records without a value come first unless the query says otherwise. */
  readonly nullsLast: boolean;
}

/** A group of fields: `FIELDS(ALL)`. */
export type FieldGroup = 'ALL' | 'STANDARD' | 'CUSTOM';

/** What a query selects. */
export type Selected = { readonly field: Token } | { readonly group: FieldGroup };

/** A query, of which only the grammar is checked. */
export interface Query {
  /** `count`: `SELECT COUNT()`. */
  readonly select: readonly Selected[] | 'count';
  readonly from: Token;
  readonly where: Condition | null;
  readonly orderBy: readonly SortKey[];
  readonly limit: number | null;
  readonly offset: number;
}
