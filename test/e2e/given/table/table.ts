import type { Sql } from 'postgres';
import type { StoredRecord } from 'salesforce-bulk-emulator';
import type { Column } from './column.ts';

/** A table of PostgreSQL with a key `id`. */
export interface Table {
  sql: Sql;
  name: string;
  columns: readonly Column[];
}

/** What is in the mapped fields of each row, by its key. */
export type Rows = Record<string, StoredRecord>;

/** The values of a row: all usual ones, all extreme ones, or null where it may be. */
export type Kind = 'usual' | 'extreme' | 'null';

/** Makes the table, and the types and extensions that a column may need. */
export async function createTable({ sql, name, columns }: Table): Promise<void> {
  const declared = columns.map((one) => `${one.name} ${one.type}`);
  await sql.unsafe(`
    create extension if not exists citext;
    create extension if not exists hstore;
    create extension if not exists ltree;
    do $$ begin
      create type grade as enum ('Bronze', 'Silver', 'Gold');
      create type address as (street text, number integer);
      create domain country as varchar(2) check (value ~ '^[A-Z]{2}$');
    exception when duplicate_object then null; end $$;
    create table ${name} (id integer primary key, ${declared.join(', ')});
  `);
}

/** A value of a column, as SQL. */
export function sqlOf({ type, values }: Column, kind: Kind): string {
  if (kind === 'null' && !type.includes('not null')) return 'null';
  return values[kind === 'extreme' ? 1 : 0];
}

/** The statement that inserts a row. */
export const insertOf = ({ name, columns }: Table, id: number, kind: Kind): string =>
  `insert into ${name} values (${[id, ...columns.map((one) => sqlOf(one, kind))].join(', ')})`;

/** The statement that sets every column of a row but its key. */
export function updateOf({ name, columns }: Table, id: number, kind: Kind): string {
  const values = columns.map((one) => `${one.name} = ${sqlOf(one, kind)}`);
  return `update ${name} set ${values.join(', ')} where id = ${id}`;
}

const fieldsOf = ({ fields }: Column): string[] => Object.keys(fields ?? {});

/** FIELD_MAP of the table. A column of two fields is a point. */
export const fieldMapOf = ({ columns }: Table): Record<string, string> =>
  Object.fromEntries([
    ['id', 'ExternalId__c'],
    ...columns.flatMap((one) => {
      const [first, second] = fieldsOf(one);
      if (first === undefined) return [];
      const point = [
        [`${one.name}.x`, first],
        [`${one.name}.y`, second],
      ];
      return second === undefined ? [[one.name, first]] : point;
    }),
  ]);

/** What the rows of the table must be in Salesforce. */
export async function rowsOfTable({ sql, name, columns }: Table): Promise<Rows> {
  // One object for each column: a function of PostgreSQL takes a hundred arguments.
  const objects = columns.flatMap(({ fields }) =>
    Object.entries(fields ?? {}).map(
      ([field, value]) => `jsonb_build_object('${field}', ${value})`,
    ),
  );
  const rows = await sql.unsafe(`select id, ${objects.join(' || ')} as fields from ${name}`);
  return Object.fromEntries(rows.map(({ id, fields }) => [String(id), fields]));
}

/** What the records of an org are. */
export function rowsOfOrg({ columns }: Table, records: readonly StoredRecord[]): Rows {
  const names = columns.flatMap(fieldsOf);
  return Object.fromEntries(
    records.map((record) => [
      String(record['ExternalId__c']),
      Object.fromEntries(names.map((name) => [name, record[name] ?? null])),
    ]),
  );
}
