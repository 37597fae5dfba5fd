import { expect, test } from 'vitest';
import { useEmulator } from '../support/emulator.ts';
import { connect } from './client.ts';

const emulator = await useEmulator();
const client = await connect(emulator);

const UPSERT = { operation: 'upsert', externalIdFieldName: 'ExternalId__c' };
const CSV = 'ExternalId__c,LastName,Title\nA,Ada,first\n';

/** Every failed row as `id error`. */
async function failures(csv: string, job: object = UPSERT): Promise<string[]> {
  const { id } = await client.run(csv, { ...job });
  const file = await client.results(String(id), 'failedResults');
  return [...file.matchAll(/\n"([^"]*)","([^"]*)"/g)].map(([, row, error]) => `${row} ${error}`);
}

/** Number of armed faults. */
async function waiting(): Promise<number> {
  return JSON.parse((await client.call('GET', '/__emulator/faults')).text).length;
}

test('an upsert that competes with another fails with a duplicate key', async () => {
  emulator.fault({ upsert: 'compete' });
  expect(await failures(CSV)).toEqual([]);
  const [record] = emulator.records('Contact');
  expect(await failures(CSV.replace('first', 'second'))).toEqual([
    ` DUPLICATE_VALUE:duplicate value found: ExternalId__c duplicates value on record with id: ${record?.['Id']}:--`,
  ]);
  expect(emulator.records('Contact')).toEqual([record]);
  expect(await failures(CSV.replace('first', 'third'))).toEqual([]);
  expect(emulator.records('Contact')).toMatchObject([{ Title: 'third' }]);
});

test('competing upserts of a key that is not unique create two records', async () => {
  emulator.fault({ upsert: 'compete' });
  const csv = 'Email,LastName\nada@example.com,Ada\n';
  const job = { operation: 'upsert', externalIdFieldName: 'Email' };
  expect([await failures(csv, job), await failures(csv, job)]).toEqual([[], []]);
  expect(emulator.records('Contact')).toHaveLength(2);
});

test('a competing upsert may be for some rows of one object only', async () => {
  await client.run('ExternalId__c,LastName\nA,Ada\nB,Bob\n', UPSERT);
  emulator.fault({ upsert: 'compete', object: 'Account', times: null });
  emulator.fault({ upsert: 'compete', object: 'Contact', match: { ExternalId__c: 'B' } });
  expect(await waiting()).toBe(2);
  expect(await failures('ExternalId__c,LastName\nA,Ada\nB,Bob\n')).toEqual([
    expect.stringContaining('DUPLICATE_VALUE'),
  ]);
  expect(await waiting()).toBe(1);
});

test('an unknown fault of an upsert is refused', () => {
  expect(() => emulator.fault({ upsert: 'lose' } as never)).toThrow('upsert');
  expect(() => emulator.fault({} as never)).toThrow(
    'A fault names a call, a job, a rowError or an upsert',
  );
});
