import { expect, test } from 'vitest';
import { nameOf, useApi } from './use-api.ts';

const api = useApi();

test('results have two quoted names, the header as sent, and quoted cells', async () => {
  const name = nameOf(api(), 'Ada, "A."');
  const cell = `"${name.replaceAll('"', '""')}"`;
  const { id } = await api().run(`LastName,FirstName\n${cell},Ada\n`);
  const reply = await api().call('GET', `${api().jobs}/${id}/successfulResults`);
  expect([reply.status, reply.headers.get('content-type')]).toEqual([
    200,
    expect.stringMatching(/^text\/csv/),
  ]);
  const [row] = await api().saved(id);
  expect(reply.text).toBe(
    `"sf__Id","sf__Created",LastName,FirstName\n"${row?.['sf__Id']}","true",${cell},"Ada"\n`,
  );
  expect(row?.['sf__Id']).toMatch(/^003\w{15}$/);
  expect(await api().results(id, 'failedResults')).toBe(
    '"sf__Id","sf__Error",LastName,FirstName\n',
  );
});

test('a failed row has its cells and an error with code, message and field', async () => {
  const name = nameOf(api(), 'Bob');
  const { id, ...info } = await api().run(`LastName,Birthdate\n${name},someday\n`);
  expect(info).toMatchObject({
    state: 'JobComplete',
    numberRecordsProcessed: 1,
    numberRecordsFailed: 1,
  });
  expect(await api().results(id, 'failedResults')).toBe(
    `"sf__Id","sf__Error",LastName,Birthdate\n"","INVALID_FIELD:Failed to deserialize field at col 1. Due to, 'someday' is not a valid value for the type xsd:date:Birthdate --","${name}","someday"\n`,
  );
});

test('a row without a required field fails alone', async () => {
  const { id } = await api().run(`LastName,FirstName\n,Ada\n${nameOf(api(), 'Eve')},Eve\n`);
  expect(await api().errors(id)).toEqual([
    'REQUIRED_FIELD_MISSING:Required fields are missing: [LastName]:LastName --',
  ]);
  expect(await api().saved(id)).toHaveLength(1);
});

test('an unknown column fails the job: no row is processed, all are returned as sent', async () => {
  const rows = `${nameOf(api(), 'Ada')},"red"\n${nameOf(api(), 'Bob')},blue`;
  const { id, ...info } = await api().run(`LastName,Colour\n${rows}\n`);
  expect(info).toMatchObject({
    state: 'Failed',
    errorMessage: expect.stringMatching(/^InvalidBatch : .*Field name not found : Colour$/),
    numberRecordsProcessed: 0,
    numberRecordsFailed: 0,
  });
  const [header, ...lines] = (await api().results(id, 'unprocessedrecords')).trimEnd().split('\n');
  expect([header, lines.toSorted()]).toEqual(['LastName,Colour', rows.split('\n').toSorted()]);
});

test('a line ending other than that of the job fails it', async () => {
  const info = await api().run(`LastName\r\n${nameOf(api(), 'Ada')}\r\n`);
  expect(info).toMatchObject({
    state: 'Failed',
    errorMessage:
      'ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is LF',
  });
});

test('a complete job has no unprocessed rows', async () => {
  const { id } = await api().run(`LastName\n${nameOf(api(), 'Ada')}\n`);
  expect(await api().results(id, 'unprocessedrecords')).toBe('LastName\n');
});
