import { expect, test } from 'vitest';
import { nameOf, useApi } from './use-api.ts';

const api = useApi();
const UPDATE = { operation: 'update' };
const DELETE = { operation: 'delete' };

/** Inserts contacts with these first names; their ids by first name. */
async function people(...names: string[]): Promise<Record<string, string>> {
  const rows = names.map((name) => `${nameOf(api(), name)},${name},Start`);
  const { id } = await api().run(`LastName,FirstName,Title\n${rows.join('\n')}\n`);
  const saved = await api().saved(id);
  return Object.fromEntries(saved.map((row) => [row['FirstName'], row['sf__Id']]));
}

const mail = (name: string) => `${name}@${api().target.runId}.example`.toLowerCase();

test('an update changes filled cells, keeps blank ones and clears #N/A', async () => {
  const { Ada = '' } = await people('Ada');
  const { id } = await api().run(`Id,FirstName,Title\n${Ada},,#N/A\n`, UPDATE);
  expect(await api().saved(id)).toEqual([
    { sf__Id: Ada, sf__Created: 'false', Id: Ada, FirstName: '', Title: '#N/A' },
  ]);
  expect(await api().read('Contact', Ada)).toMatchObject({ FirstName: 'Ada', Title: null });
});

test('an update needs an id in each row', async () => {
  const { id } = await api().run('Id,Title\n,Queen\n', UPDATE);
  expect(await api().errors(id)).toEqual([
    'MISSING_ARGUMENT:Id not specified in an update call:--',
  ]);
});

test('one id twice in a chunk fails both rows', async () => {
  const { Ada = '' } = await people('Ada');
  const { id } = await api().run(`Id,Title\n${Ada},One\n${Ada},Two\n`, UPDATE);
  expect(await api().errors(id)).toEqual(Array(2).fill(expect.stringMatching(/^DUPLICATE_VALUE:/)));
  expect(await api().read('Contact', Ada)).toMatchObject({ Title: 'Start' });
});

test('a deleted record cannot be deleted again or changed', async () => {
  const { Ada = '' } = await people('Ada');
  const { id } = await api().run(`Id\n${Ada}\n`, DELETE);
  expect(await api().results(id, 'successfulResults')).toBe(
    `"sf__Id","sf__Created",Id\n"${Ada}","false","${Ada}"\n`,
  );
  const gone = ['ENTITY_IS_DELETED:entity is deleted:--'];
  expect(await api().errors((await api().run(`Id\n${Ada}\n`, DELETE)).id)).toEqual(gone);
  const update = await api().run(`Id,Title\n${Ada},Queen\n`, UPDATE);
  expect(await api().errors(update.id)).toEqual(gone);
});

test('an upsert by Id updates a row that has one and inserts one that has none', async () => {
  const { Ada = '' } = await people('Ada');
  const job = { operation: 'upsert', externalIdFieldName: 'Id' };
  const csv = `Id,LastName,Title\n${Ada},${nameOf(api(), 'Ada')},Queen\n,${nameOf(api(), 'Bob')},King\n`;
  const { id } = await api().run(csv, job);
  const created = (await api().saved(id)).map((row) => [row['Title'], row['sf__Created']]);
  expect(created.toSorted()).toEqual([
    ['King', 'true'],
    ['Queen', 'false'],
  ]);
});

test('an upsert by a lookup field fails for a value that several records have', async () => {
  const two = ['Ada', 'Bob'].map((name) => `${nameOf(api(), name)},${mail('two')}`);
  await api().run(`LastName,Email\n${two.join('\n')}\n`);
  const job = { operation: 'upsert', externalIdFieldName: 'Email' };
  const { id } = await api().run(`Email,Title\n${mail('two')},Queen\n`, job);
  expect(await api().errors(id)).toEqual([expect.stringMatching(/^DUPLICATE_EXTERNAL_ID:/)]);
});

test('a relationship column finds the parent by a lookup field', async () => {
  await api().run(`LastName,Email\n${nameOf(api(), 'Boss')},${mail('boss')}\n`);
  const csv = `LastName,ReportsTo.Email\n${nameOf(api(), 'Ada')},${mail('boss')}\n${nameOf(api(), 'Bob')},${mail('nobody')}\n`;
  const { id } = await api().run(csv);
  expect(await api().errors(id)).toEqual([
    `INVALID_FIELD:Foreign key external ID: ${mail('nobody')} not found for field Email in entity Contact:--`,
  ]);
  const [saved] = await api().saved(id);
  const { ReportsToId } = await api().read('Contact', saved?.['sf__Id'] ?? '');
  expect(ReportsToId).toMatch(/^003/);
});

test('one parent by an id and a relationship column fails', async () => {
  const { Boss = '' } = await people('Boss');
  const csv = `LastName,ReportsToId,ReportsTo.Email\n${nameOf(api(), 'Ada')},${Boss},${mail('boss')}\n`;
  expect(await api().errors((await api().run(csv)).id)).toEqual([
    'INVALID_FIELD:Cannot specify both an external ID reference ReportsTo and a salesforce id, ReportsToId:--',
  ]);
});

test('a type in front of a lookup with one target fails the job', async () => {
  const csv = `LastName,Contact:ReportsTo.Email\n${nameOf(api(), 'Ada')},${mail('boss')}\n`;
  expect(await api().run(csv)).toMatchObject({
    state: 'Failed',
    errorMessage:
      'InvalidBatch : type is not needed for non polymorphic foreign key references: ReportsTo',
  });
});

test('an upsert by an external id: new, known, blank, and one key twice in a chunk', async ({
  skip,
}) => {
  const key = api().target.externalIdField;
  if (key === null) return skip('CONTRACT_EXTERNAL_ID_FIELD names no field');
  const job = { operation: 'upsert', externalIdFieldName: key };
  const row = (cell: string, name: string) => `${cell},${nameOf(api(), name)}`;
  const value = (name: string) => `${api().target.runId}-${name}`;
  const first = await api().run(`${key},LastName\n${row(value('a'), 'Ada')}\n`, job);
  expect(await api().saved(first.id)).toMatchObject([{ sf__Created: 'true' }]);
  const rows = [
    row(value('a'), 'Ada L'),
    row('', 'Bob'),
    row(value('c'), 'C1'),
    row(value('c'), 'C2'),
  ];
  const second = await api().run(`${key},LastName\n${rows.join('\n')}\n`, job);
  expect(await api().saved(second.id)).toMatchObject([{ sf__Created: 'false' }]);
  expect(await api().errors(second.id)).toEqual([
    ...Array(2).fill(expect.stringMatching(/^DUPLICATE_VALUE:Duplicate external id specified/)),
    `MISSING_ARGUMENT:${key} not specified:--`,
  ]);
});
