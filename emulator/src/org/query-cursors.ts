import type { IdSource } from './salesforce-id.ts';

/** How long further pages can be read (help article "INVALID_QUERY_LOCATOR"). */
const LIFETIME_MS = 2 * 24 * 60 * 60 * 1000;

/** The records of a query that did not fit on one page. */
export interface QueryCursor {
  readonly id: string;
  /** As JSON, as they were at the time of the query. */
  readonly records: readonly unknown[];
  /** Records on a page, unless a call asks for another number. */
  readonly pageSize: number;
}

/** The queries whose further pages can be read. assumption: query-snapshot. */
export class QueryCursors {
  readonly #ids: IdSource;
  readonly #now: () => number;
  readonly #cursors = new Map<string, QueryCursor & { readonly at: number }>();

  constructor(ids: IdSource, now: () => number) {
    this.#ids = ids;
    this.#now = now;
  }

  /** Keeps the records of a query. */
  open(records: readonly unknown[], pageSize: number): QueryCursor {
    this.#expire();
    const cursor = { id: this.#ids('01g'), records, pageSize, at: this.#now() };
    this.#cursors.set(cursor.id, cursor);
    return cursor;
  }

  /** The query with that id; undefined: unknown or expired. */
  find(id: string): QueryCursor | undefined {
    this.#expire();
    return this.#cursors.get(id);
  }

  /** Forgets all queries. */
  clear(): void {
    this.#cursors.clear();
  }

  #expire(): void {
    for (const { id, at } of this.#cursors.values()) {
      if (this.#now() - at >= LIFETIME_MS) this.#cursors.delete(id);
    }
  }
}
