import { postgresUser } from '../postgres/server.ts';

/** A table for Debezium to capture; its topic is `prefix`, schema and name, joined by dots. */
export interface Capture {
  port: number;
  prefix: string;
  table: string;
}

/** The settings of Debezium's connector for one table of PostgreSQL, all others as they are. */
export const postgresConnector = ({ port, prefix, table }: Capture): Record<string, string> => ({
  'connector.class': 'io.debezium.connector.postgresql.PostgresConnector',
  'tasks.max': '1',
  'plugin.name': 'pgoutput',
  'publication.autocreate.mode': 'filtered',
  'publication.name': table,
  'slot.name': table,
  'database.hostname': '127.0.0.1',
  'database.port': String(port),
  'database.user': postgresUser,
  'database.password': postgresUser,
  'database.dbname': postgresUser,
  'topic.prefix': prefix,
  'table.include.list': `public.${table}`,
});
