import { type Choices, startEmulator } from 'salesforce-bulk-emulator';
import { expect, test } from 'vitest';
import { useEmulator } from '../support/emulator.ts';
import { connect } from './client.ts';

const emulator = await useEmulator();
const client = await connect(emulator);

const NOT_FOUND = 'InvalidBatch : Field name not found : ';
const QUOTE =
  'InvalidBatch : Failed to parse CSV. Found unescaped quote. A value with quote should be within a quote';

test.each([
  ['an unknown column', 'LastName,Colour\nAda,red\n', `${NOT_FOUND}Colour`],
  ['two unknown columns', 'A,B\n1,2\n', `${NOT_FOUND}A`],
  ['a column twice', 'LastName,Email,LastName\nAda,,Ada\n', `${NOT_FOUND}LastName`],
  ['a byte order mark', '\uFEFFLastName\nAda\n', `${NOT_FOUND}\uFEFFLastName`],
  ['a byte order mark before a quote', '\uFEFF"LastName"\nAda\n', QUOTE],
  ['another delimiter', 'LastName;Email\nAda;\n', `${NOT_FOUND}LastName;Email`],
  ['an unescaped quote', 'LastName\nA"da\n', QUOTE],
  ['a quote that is not closed', 'LastName\n"Ada\n', QUOTE],
  ['a space outside the quotes', 'LastName,Email\n"Ada" ,\n', QUOTE],
  [
    'CRLF',
    'LastName\r\nAda\r\n',
    'ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is LF',
  ],
  [
    'CRLF inside quotes',
    'LastName\n"A\r\nda"\n',
    'ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is LF',
  ],
  ['no rows', 'LastName\n', 'InvalidBatch : Records not found'],
  ['nothing at all', '', 'InvalidBatch : Records not found'],
  [
    'a row that is too short',
    'LastName,Email\nAda\n',
    'InvalidBatch : Failed to parse CSV. Row and header differ in length',
  ],
  [
    'a cell of more than 131,072 characters',
    `LastName,Description\nAda,${'x'.repeat(131_073)}\n`,
    'InvalidBatch : A field has more than 131072 characters',
  ],
  [
    'a row of more than 400,000 characters',
    `LastName,Description,Title,FirstName\nA,${Array(3).fill('x'.repeat(131_072)).join(',')}\n`.replace(
      'A,',
      `${'A'.repeat(7_000)},`,
    ),
    'InvalidBatch : A record has more than 400000 characters',
  ],
  [
    'a header of more than 32,000 characters',
    `${'L'.repeat(32_001)}\nA\n`,
    'InvalidBatch : The header has more than 32000 characters',
  ],
  [
    'more than 5,000 columns',
    `${'A,'.repeat(5_000)}A\n${','.repeat(5_000)}\n`,
    'InvalidBatch : A record has more than 5000 fields',
  ],
  [
    'an unknown relationship',
    'LastName,Boss.Email\nAda,x\n',
    'InvalidBatch : Unable to find relationship: Boss',
  ],
  [
    'a type before a relationship that has but one',
    'LastName,Account:Account.ExternalId__c\nAda,x\n',
    'InvalidBatch : type is not needed for non polymorphic foreign key references: Account',
  ],
  [
    'a relationship to a field that is no key',
    'LastName,Account.Phone\nA,x\n',
    `${NOT_FOUND}Account.Phone`,
  ],
])('%s fails the job as a whole', async (_name, csv, errorMessage) => {
  const info = await client.run(csv);
  expect(info).toMatchObject({
    state: 'Failed',
    errorMessage,
    numberRecordsProcessed: 0,
    numberRecordsFailed: 0,
    totalProcessingTime: 0,
  });
  expect(Object.keys(info).at(-1)).toBe('errorMessage');
  expect(emulator.records('Contact')).toEqual([]);
});

test('a job that fails as a whole returns all its rows as sent', async () => {
  const { id } = await client.run('"Name","Employees"\n"Foo",12\n"Bar",1138\n', {
    object: 'Account',
  });
  const unprocessed = await client.results(String(id), 'unprocessedrecords');
  expect(unprocessed.split('\n')[0]).toBe('"Name","Employees"');
  expect(unprocessed.split('\n').slice(1).sort()).toEqual(['"Bar",1138', '"Foo",12']);
  expect(await client.results(String(id), 'failedResults')).toBe(
    '"sf__Id","sf__Error","Name","Employees"\n',
  );
  expect(await client.results(String(id), 'successfulResults')).toBe(
    '"sf__Id","sf__Created","Name","Employees"\n',
  );
});

test('a file that cannot be parsed is returned line by line', async () => {
  const { id } = await client.run('LastName\nA"da\n');
  expect(await client.results(String(id), 'unprocessedrecords')).toBe('LastName\nA"da');
});

test.each([
  ['SEMICOLON', ';'],
  ['TAB', '\t'],
  ['PIPE', '|'],
  ['CARET', '^'],
  ['BACKQUOTE', '`'],
])('a job may delimit its cells by %s', async (columnDelimiter, mark) => {
  const { id } = await client.run(`LastName${mark}Email\nAda${mark}ada@example.com\n`, {
    columnDelimiter,
  });
  expect(emulator.records('Contact')).toMatchObject([{ Email: 'ada@example.com' }]);
  expect(await client.results(String(id), 'successfulResults')).toContain(
    `"true"${mark}"Ada"${mark}"ada@example.com"\n`,
  );
});

test('a CRLF job accepts CRLF and refuses LF', async () => {
  const good = await client.run('LastName\r\nAda\r\n', { lineEnding: 'CRLF' });
  expect(good).toMatchObject({ state: 'JobComplete', numberRecordsProcessed: 1 });
  const bad = await client.run('LastName\nAda\n', { lineEnding: 'CRLF' });
  expect(bad).toMatchObject({
    errorMessage:
      'ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is CRLF',
  });
});

test.each([
  [
    { 'field-not-found-prefix': 'doubled' },
    'Colour\nx\n',
    'InvalidBatch : InvalidBatch : Field name not found : Colour',
  ],
  [{ 'header-case': 'exact' }, 'lastname\nx\n', `${NOT_FOUND}lastname`],
  [{ 'line-ending-check': 'rows-only' }, 'LastName\n"a\r\nb"\n', undefined],
  [
    { 'line-ending-check': 'no-breaks-in-values' },
    'LastName,Title\n"a","b\nc"\n',
    'ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is LF',
  ],
  [{ 'line-ending-check': 'no-breaks-in-values' }, 'LastName,Title\n"a",b\n"c","d"\n', undefined],
  [{ 'empty-upload': 'complete' }, 'LastName\n', undefined],
  [{ 'ragged-row': 'row-error' }, 'LastName,Email\nAda\n', undefined],
] satisfies [Partial<Choices>, string, string | undefined][])(
  'with %j the file %j ends in %j',
  async (choices, csv, errorMessage) => {
    const other = await startEmulator({ choices });
    const info = await (await connect(other)).run(csv);
    await other.close();
    expect(info['errorMessage']).toBe(errorMessage);
  },
);

test('a job beyond the daily batches fails with its quota', async () => {
  const poor = await startEmulator({ batchLimit: 1 });
  const other = await connect(poor);
  expect(await other.run('LastName\nAda\n')).toMatchObject({ state: 'JobComplete' });
  expect(await other.run('LastName\nBob\n')).toMatchObject({
    state: 'Failed',
    errorMessage: 'ExceededQuota : ApiBatchItems Limit exceeded',
  });
  await poor.close();
});
