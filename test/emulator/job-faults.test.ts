import { expect, test } from 'vitest';
import { useEmulator } from '../support/emulator.ts';
import { connect, JOBS } from './client.ts';

const emulator = await useEmulator();
const client = await connect(emulator);

const FIVE = 'LastName\nA\nB\nC\nD\nE\n';

async function lines(info: Record<string, unknown>, kind: string): Promise<number> {
  const file = await client.results(String(info['id']), kind);
  return file.trimEnd().split('\n').length - 1;
}

async function accounted(info: Record<string, unknown>): Promise<number[]> {
  const kinds = ['successfulResults', 'failedResults', 'unprocessedrecords'];
  return Promise.all(kinds.map((kind) => lines(info, kind)));
}

test('a job can fail with rows already written', async () => {
  emulator.fault({ job: 'fail', errorMessage: 'TooManyLockFailure : Too many', afterRows: 2 });
  const info = await client.run(FIVE);
  expect(info).toMatchObject({
    state: 'Failed',
    errorMessage: 'TooManyLockFailure : Too many',
    numberRecordsProcessed: 2,
  });
  expect(await accounted(info)).toEqual([2, 0, 3]);
  expect(emulator.records('Contact')).toHaveLength(2);
});

test('a job can lose rows silently', async () => {
  emulator.fault({ job: 'lose-rows', count: 2 });
  const info = await client.run(FIVE);
  expect(info).toMatchObject({ state: 'JobComplete', numberRecordsProcessed: 3 });
  expect(await accounted(info)).toEqual([3, 0, 0]);
});

test('a stalled job can still be aborted', async () => {
  emulator.fault({ job: 'stall', afterRows: 1 });
  const id = await client.load(FIVE);
  await expect.poll(() => emulator.records('Contact').length).toBe(1);
  await client.run('LastName\nOther\n');
  expect(emulator.jobs()[0]).toMatchObject({ state: 'InProgress', numberRecordsProcessed: 1 });
  expect((await client.json('PATCH', `${JOBS}/${id}`, { state: 'Aborted' })).status).toBe(200);
  expect(await accounted({ id })).toEqual([1, 0, 4]);
});

test('a job can stay queued forever', async () => {
  emulator.fault({ job: 'stall', state: 'UploadComplete' });
  await client.load(FIVE);
  await client.run('LastName\nOther\n');
  expect(emulator.jobs()[0]?.state).toBe('UploadComplete');
});

test('a job can vanish when it has ended', async () => {
  emulator.fault({ job: 'vanish' });
  const id = await client.load(FIVE);
  await expect.poll(async () => (await client.call('GET', `${JOBS}/${id}`)).status).toBe(404);
  expect(emulator.records('Contact')).toHaveLength(5);
});

test('a job fault may be for one object only', async () => {
  emulator.fault({ job: 'fail', object: 'Account' });
  expect(await client.run(FIVE)).toMatchObject({ state: 'JobComplete' });
  expect(await client.run('Name\nAcme\n', { object: 'Account' })).toMatchObject({
    state: 'Failed',
  });
});

test('a row fault can match cells', async () => {
  const rowError =
    'UNABLE_TO_LOCK_ROW:unable to obtain exclusive access to this record or 200 records: 001,001:--';
  emulator.fault({ rowError, match: { LastName: 'C' }, times: 1 });
  const info = await client.run(FIVE);
  expect(info).toMatchObject({ numberRecordsProcessed: 5, numberRecordsFailed: 1 });
  expect(await client.results(String(info['id']), 'failedResults')).toBe(
    `"sf__Id","sf__Error",LastName\n"","${rowError}","C"\n`,
  );
  expect(await client.run('LastName\nC\n')).toMatchObject({ numberRecordsFailed: 0 });
});

test('a row error may be a code alone', async () => {
  emulator.fault({ rowError: 'UNABLE_TO_LOCK_ROW', times: null });
  const info = await client.run('LastName\nA\n');
  expect(await client.results(String(info['id']), 'failedResults')).toContain(
    '"UNABLE_TO_LOCK_ROW:unable to lock row:--"',
  );
});

test('a row error may be for one object only', async () => {
  emulator.fault({ rowError: 'UNABLE_TO_LOCK_ROW', object: 'Account' });
  expect(await client.run('LastName\nA\n')).toMatchObject({ numberRecordsFailed: 0 });
  expect(await client.run('Name\nA\n', { object: 'Account' })).toMatchObject({
    numberRecordsFailed: 1,
  });
});
