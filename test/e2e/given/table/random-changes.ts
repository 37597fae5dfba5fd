import { column, instant } from './column.ts';
import { type Kind, sqlOf, type Table } from './table.ts';

/** The columns that the random changes set. */
export const changedColumns = [
  column('name', 'varchar(80) not null', [`'Okoye'`, `'李 "Zoë"'`], { LastName: 'name' }),
  column('title', 'text', [`'a title'`, `'#'`], { Title: 'title' }),
  column('visits', 'integer', ['7', '-999999999'], { Visits__c: 'visits' }),
  column('balance', 'numeric(12,2)', ['0', '-1234567890.01'], { Balance__c: 'balance' }),
  column('seen', 'timestamptz', [`'2026-02-28 13:45+02'`, `'1969-12-31 23:59:59.999999Z'`], {
    LastSeen__c: instant('seen'),
  }),
] as const;

/** A transaction, and how many records Debezium makes of it. */
export interface Transaction {
  statements: readonly string[];
  changes: number;
  records: number;
  isRolledBack: boolean;
}

const keys = 500;
const mostChanges = 20;

interface Change {
  statement: string;
  records: number;
}

/** Draws changes of the rows of a table; the table is empty before the first one. */
export class RandomChanges {
  readonly #table: Table;
  readonly #random: () => number;
  #rows: ReadonlySet<number> = new Set();
  #count = 0;

  constructor(table: Table, random: () => number) {
    this.#table = table;
    this.#random = random;
  }

  /** The number of rows after the transactions that were drawn so far. */
  get rows(): number {
    return this.#rows.size;
  }

  /** Draws transactions with this many changes at least; those rolled back do not count. */
  draw(changes: number): Transaction[] {
    const drawn: Transaction[] = [];
    for (let count = 0; count < changes; ) {
      const transaction = this.#transaction();
      drawn.push(transaction);
      count += transaction.isRolledBack ? 0 : transaction.changes;
    }
    return drawn;
  }

  #transaction(): Transaction {
    const rows = new Set(this.#rows);
    const length = 1 + this.#below(mostChanges);
    const changes = Array.from({ length }, () => this.#change(rows));
    const isRolledBack = this.#below(20) === 0;
    if (!isRolledBack) this.#rows = rows;
    return {
      statements: changes.map(({ statement }) => statement),
      changes: length,
      records: isRolledBack ? 0 : changes.reduce((sum, { records }) => sum + records, 0),
      isRolledBack,
    };
  }

  /** A change of a row is a record, a delete has a tombstone, a change of a key is delete and insert. */
  #change(rows: Set<number>): Change {
    const { name } = this.#table;
    const id = 1 + this.#below(keys);
    const other = 1 + this.#below(keys);
    if (!rows.has(id)) {
      rows.add(id);
      return { statement: this.#insert(id), records: 1 };
    }
    const drawn = this.#below(10);
    if (drawn < 7) return { statement: this.#update(id), records: 1 };
    rows.delete(id);
    if (drawn < 9 || rows.has(other) || id === other) {
      return { statement: `delete from ${name} where id = ${id}`, records: 2 };
    }
    rows.add(other);
    return { statement: `update ${name} set id = ${other} where id = ${id}`, records: 3 };
  }

  #insert(id: number): string {
    const values = changedColumns.map((one) => this.#value(one));
    return `insert into ${this.#table.name} values (${[id, ...values].join(', ')})`;
  }

  #update(id: number): string {
    const set = changedColumns.filter(() => this.#below(2) === 0);
    const values = set.map((one) => `, ${one.name} = ${this.#value(one)}`);
    return `update ${this.#table.name} set id = id${values.join('')} where id = ${id}`;
  }

  /** A title is most often one of its own, so that a row shows which change was the last. */
  #value(one: (typeof changedColumns)[number]): string {
    this.#count += 1;
    if (one.name === 'title' && this.#below(5) > 0) return `'change ${this.#count}'`;
    const kinds: readonly Kind[] = ['usual', 'extreme', 'null'];
    return sqlOf(one, kinds[this.#below(kinds.length)] ?? 'null');
  }

  #below(end: number): number {
    return Math.floor(this.#random() * end);
  }
}
