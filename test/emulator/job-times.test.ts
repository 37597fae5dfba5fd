import { startEmulator } from 'salesforce-bulk-emulator';
import { expect, test } from 'vitest';
import { connect, JOBS } from './client.ts';

test('a job has the time of its creation and of its latest change', async () => {
  let time = Date.UTC(2026, 0, 1);
  const emulator = await startEmulator({ now: () => time, pace: { queueMs: 300 } });
  const client = await connect(emulator);
  const id = await client.load('LastName\nAda\n');
  const info = async () => JSON.parse((await client.call('GET', `${JOBS}/${id}`)).text);
  expect(await info()).toMatchObject({
    createdDate: '2026-01-01T00:00:00.000+0000',
    systemModstamp: '2026-01-01T00:00:00.000+0000',
    totalProcessingTime: 0,
  });
  time += 5_000;
  expect(await client.ended(id)).toMatchObject({
    createdDate: '2026-01-01T00:00:00.000+0000',
    systemModstamp: '2026-01-01T00:00:05.000+0000',
    totalProcessingTime: expect.any(Number),
  });
  const created = await client.json('POST', JOBS, { object: 'Contact', operation: 'insert' });
  time += 5_000;
  const aborted = await client.json('PATCH', `${JOBS}/${JSON.parse(created.text).id}`, {
    state: 'Aborted',
  });
  expect(JSON.parse(aborted.text)).toMatchObject({
    createdDate: '2026-01-01T00:00:05.000+0000',
    systemModstamp: '2026-01-01T00:00:10.000+0000',
  });
  await emulator.close();
});
