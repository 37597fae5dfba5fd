import { type Choices, type Emulator, startEmulator } from 'salesforce-bulk-emulator';
import { afterEach, expect, test } from 'vitest';
import { type Client, connect } from './client.ts';

let emulator: Emulator;
let client: Client;

afterEach(() => emulator.close());

/** An org with one contact; its id. */
async function start(choices: Partial<Choices> = {}): Promise<string> {
  emulator = await startEmulator({ choices });
  client = await connect(emulator);
  return emulator.seed('Contact', { LastName: 'Ada', ExternalId__c: 'A' });
}

/** The `sf__Error` of the only row of a file; empty when it was saved. */
async function rowError(csv: string, operation: string): Promise<string> {
  const info = await client.run(csv, { operation });
  const file = await client.results(String(info['id']), 'failedResults');
  return /\n"[^"]*","([^"]*)"/.exec(file)?.[1] ?? '';
}

const UNKNOWN = 'INVALID_CROSS_REFERENCE_KEY:invalid cross reference id:--';
const DELETED = 'ENTITY_IS_DELETED:entity is deleted:--';

/** The error of each operation on a deleted record. */
async function errorsOf(id: string): Promise<string[]> {
  return [
    await rowError(`Id,Title\n${id},x\n`, 'update'),
    await rowError(`Id\n${id}\n`, 'delete'),
    await rowError(`Id\n${id}\n`, 'hardDelete'),
  ];
}

test('a record in the recycle bin is deleted, until it is deleted permanently', async () => {
  const id = await start();
  expect(await rowError(`Id\n${id}\n`, 'delete')).toBe('');
  expect(await errorsOf(id)).toEqual([DELETED, DELETED, '']);
  expect(await errorsOf(id)).toEqual([UNKNOWN, UNKNOWN, UNKNOWN]);
});

test('a hard delete leaves nothing in the recycle bin', async () => {
  const id = await start();
  expect(await rowError(`Id\n${id}\n`, 'hardDelete')).toBe('');
  expect(await errorsOf(id)).toEqual([UNKNOWN, UNKNOWN, UNKNOWN]);
});

test('a record that never existed is unknown to every operation', async () => {
  await start();
  expect(await errorsOf('003000000000001AAA')).toEqual([UNKNOWN, UNKNOWN, UNKNOWN]);
});

test('hard-delete-from-bin=refuse: a record in the recycle bin stays there', async () => {
  const id = await start({ 'hard-delete-from-bin': 'refuse' });
  await rowError(`Id\n${id}\n`, 'delete');
  expect(await errorsOf(id)).toEqual([DELETED, DELETED, DELETED]);
  expect(await errorsOf(id)).toEqual([DELETED, DELETED, DELETED]);
});

test('purged-record=deleted: a permanently deleted record has its own error', async () => {
  const id = await start({ 'purged-record': 'deleted' });
  await rowError(`Id\n${id}\n`, 'hardDelete');
  expect(await errorsOf(id)).toEqual([DELETED, DELETED, DELETED]);
  expect(await errorsOf('003000000000001AAA')).toEqual([UNKNOWN, UNKNOWN, UNKNOWN]);
  emulator.reset();
  expect(await errorsOf(id)).toEqual([UNKNOWN, UNKNOWN, UNKNOWN]);
});
