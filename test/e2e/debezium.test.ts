import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { seededRandom } from '../support/seeded-random.ts';
import { givenChangeCapture } from './given/captured-table.ts';
import { killsIn } from './given/kills.ts';
import { givenOrg } from './given/org.ts';
import { killAtRandom } from './given/random-kills.ts';
import { countedLines, givenSoak, noRetry, pace, soakSeed } from './given/soak.ts';
import { changedColumns, RandomChanges, type Transaction } from './given/table/random-changes.ts';
import {
  createTable,
  fieldMapOf,
  insertOf,
  rowsOfOrg,
  rowsOfTable,
  type Table,
  updateOf,
} from './given/table/table.ts';
import { typeColumns } from './given/table/type-columns.ts';

const capture = givenChangeCapture();

const settingsOf = (table: Table) => ({
  SALESFORCE_OPERATION: 'upsert',
  SALESFORCE_EXTERNAL_ID_FIELD: 'ExternalId__c',
  FIELD_MAP: JSON.stringify({ ...fieldMapOf(table), '*': null }),
  TOMBSTONES: 'delete',
});

/** What is done to the table while Debezium captures it, and how many records that makes. */
function changesOf(
  table: Table,
  identity: string,
): readonly [statement: string, records: number][] {
  const { name } = table;
  // With the default identity Debezium does not know a large value that keeps as its key changes.
  const note = identity === 'full' ? '' : `, note = note || '!'`;
  return [
    [insertOf(table, 7, 'usual'), 1],
    [insertOf(table, 8, 'extreme'), 1],
    [insertOf(table, 9, 'null'), 1],
    [updateOf(table, 1, 'extreme'), 1],
    [updateOf(table, 2, 'null'), 1],
    [updateOf(table, 3, 'usual'), 1],
    [`update ${name} set visits = visits + 1 where id = 4`, 1],
    [`delete from ${name} where id in (5, 8)`, 4],
    [`begin; delete from ${name} where id = 9; ${insertOf(table, 9, 'extreme')}; commit`, 3],
    [`begin; ${insertOf(table, 10, 'usual')}; delete from ${name} where id = 10; commit`, 3],
    [`update ${name} set id = 70${note} where id = 7`, 3],
  ];
}

test.each(['default', 'full'])(
  'a table with every type of PostgreSQL is in Salesforce, with replica identity %s',
  async (identity) => {
    const { sql, topic, ...debezium } = await capture.givenTable(3);
    const table: Table = { sql, name: debezium.table, columns: typeColumns };
    await createTable(table);
    await sql.unsafe(`alter table ${table.name} replica identity ${identity}`);
    await sql.unsafe(`alter table ${table.name} alter column note set storage external`);
    for (const id of [1, 2, 3, 4, 5, 6]) {
      await sql.unsafe(
        insertOf(table, id, (['usual', 'extreme', 'null'] as const)[id % 3] ?? 'null'),
      );
    }
    await debezium.capture();
    await debezium.hasRecords(6);
    const org = await givenOrg();
    const soak = await givenSoak(topic, org, { settings: settingsOf(table), options: [] });
    const changes = changesOf(table, identity);
    for (const [statement] of changes) await sql.unsafe(statement);
    await debezium.hasRecords(changes.reduce((sum, [, records]) => sum + records, 6));
    await soak.end();

    expect(rowsOfOrg(table, org.records('Contact'))).toEqual(await rowsOfTable(table));
    expect(await soak.reported()).toEqual([]);
  },
);

test(
  'after 10,000 changes of 500 keys and kills at random moments, the rows in Salesforce are those of the table',
  noRetry,
  async () => {
    const { sql, topic, ...debezium } = await capture.givenTable(6);
    const table: Table = { sql, name: debezium.table, columns: changedColumns };
    await createTable(table);
    const random = new RandomChanges(table, seededRandom(soakSeed));
    const run = async ({ statements, isRolledBack }: Transaction) => {
      const end = isRolledBack ? 'rollback' : 'commit';
      await sql.unsafe(['begin', ...statements, end].join('; '));
    };
    for (const transaction of random.draw(1000)) await run(transaction);
    const snapshot = random.rows;
    await debezium.capture();
    await debezium.hasRecords(snapshot);

    const org = await givenOrg();
    org.configure(pace);
    const options = ['--batch-size', '300', '--concurrency', '3'];
    const soak = await givenSoak(topic, org, { settings: settingsOf(table), options });
    const transactions = random.draw(9000);
    let isWriting = true;
    const write = async () => {
      for (const transaction of transactions) {
        await run(transaction);
        await delay(5);
      }
      isWriting = false;
    };
    const muchLeft = async () => isWriting || (await soak.left()) > 500;
    const { runner } = soak;
    const killing = killAtRandom({ runner, goal: 12, muchLeft, inARow: 2 });
    const [kills] = await Promise.all([killing, write()]);
    await debezium.hasRecords(transactions.reduce((sum, { records }) => sum + records, snapshot));
    const { output, tookMs } = await soak.end();

    const killed = killsIn(output);
    const lines = [
      `10,000 changes of 500 keys, seed ${soakSeed}, ${Math.round(tookMs / 1000)} s`,
      `  kills             ${kills}, of which in an invocation ${killed.length}`,
      ...countedLines(output, org),
      `  rows              ${random.rows}`,
    ];
    process.stdout.write([...lines, ''].join('\n'));
    expect(rowsOfOrg(table, org.records('Contact'))).toEqual(await rowsOfTable(table));
    expect(org.records('Contact')).toHaveLength(random.rows);
    expect(await soak.reported()).toEqual([]);
    expect(killed.length).toBeGreaterThan(3);
  },
);
