import type { KafkaEvent } from '../src/kafka/event.ts';
import { eventOf } from './records.ts';

/** A table unlike the contacts: how many records, and the fields of one. */
interface OddTable {
  readonly count: number;
  readonly fields: (n: number) => Readonly<Record<string, string>>;
}

/** Fifteen of 800 columns, others in each record. */
function sparse(n: number): Record<string, string> {
  const columns = Array.from({ length: 15 }, (_, index) => (n * 7 + index * 53) % 800);
  return Object.fromEntries(columns.map((column) => [`Field${column}__c`, `text ${n}`]));
}

/** Fifteen cells, all with a comma, a quote or a line break. */
function quoted(n: number): Record<string, string> {
  const texts = [`Number ${n}, Europe`, `the "${n}"`, `1 High Street\nFloor ${n}`];
  const fields = Array.from({ length: 15 }, (_, index) => [
    `Field${index}__c`,
    texts[index % 3] ?? '',
  ]);
  return Object.fromEntries(fields);
}

const lineItem = '{"product":"desk","note":"the \\"old\\" one"},';

/** A text of 100 KB with a quote at every sixth character: JSON in a cell. */
const long = (n: number): Record<string, string> => ({
  ExternalId__c: `C-${n}`,
  Description: `${n} ${lineItem.repeat(102_400 / lineItem.length)}`,
});

/** The odd tables of the benchmark; each event is about as large as Lambda allows. */
export const oddTables = {
  '10,000 rows with 15 of 800 columns': { count: 10_000, fields: sparse },
  'every cell quoted': { count: 7_500, fields: quoted },
  'texts of 100 KB, a sixth of it quotes': { count: 35, fields: long },
} as const satisfies Record<string, OddTable>;

/** The name of an odd table. */
export type OddTableName = keyof typeof oddTables;

/** The event of an odd table, in JSON. */
export function oddEvent(name: OddTableName): KafkaEvent {
  const { count, fields } = oddTables[name];
  return eventOf(count, (n) => Buffer.from(JSON.stringify(fields(n))));
}
