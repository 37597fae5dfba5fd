import { request } from 'node:http';
import { expect, test } from 'vitest';
import { useEmulator } from '../support/emulator.ts';
import { API, connect } from './client.ts';

const emulator = await useEmulator();
const client = await connect(emulator);

const get = (soql: string) =>
  client.call('GET', `${API}/query?${new URLSearchParams({ q: soql })}`);

/** The code and the last line of the error of a query. */
async function refusal(soql: string): Promise<string> {
  const { status, text } = await get(soql);
  const [{ errorCode, message }] = JSON.parse(text);
  return `${status} ${errorCode}: ${message.split('\n').at(-1)}`;
}

const DESCRIBE = 'Please reference your WSDL or the describe call for the appropriate names.';

test.each([
  ["ExternalId__c = 'a' AND LastName = 'b' OR Title = 'c'", "unexpected token: 'OR'"],
  ["LastName = 'b' AND NOT (Title = 'c')", "unexpected token: 'NOT'"],
  ["NOT LastName = 'b' AND Title = 'c'", "unexpected token: 'AND'"],
  ["(LastName = 'b'", "unexpected token: '<EOF>'"],
  ["LastName = 'b')", "unexpected token: ')'"],
  ['LastName IN ()', "unexpected token: 'LastName IN ()'"],
  ['LastName LIKE null', "unexpected token: 'null'"],
  ['LastName IS NULL', "unexpected token: 'IS'"],
  ['LastName = Ada', "unexpected token: 'Ada'"],
  ["LastName = 'Ada", "line 1:40 unexpected token: '''"],
  ["LastName = 'O'Brien'", "unexpected token: 'Brien'"],
  ["LastName 'x'", "unexpected token: ''x''"],
  [
    "LastName = 'a\\%'",
    "Invalid string literal 'a\\%'. Illegal character sequence '\\%' in string literal.",
  ],
  ['LastSeen__c > 2024-52-12T12:12:00-05:00', 'Invalid datetime: 2024-52-12T12:12:00-05:00'],
  ['Birthdate > 2024-02-30', 'Invalid date: 2024-02-30'],
  ['PreferredTime__c = 24:00:00Z', 'Invalid time: 24:00:00Z'],
  ['CreatedDate = TODAY', 'The emulator does not implement the date literal TODAY'],
  ['Id IN (SELECT Id FROM Contact)', 'The emulator does not implement a query in a condition'],
  ["Tags__c INCLUDES ('a')", 'The emulator does not implement INCLUDES'],
  ['Visits__c = 1e3', "line 1:41 unexpected token: '1'"],
])('WHERE %s is malformed', async (where, message) => {
  expect(await refusal(`SELECT Id FROM Contact WHERE ${where}`)).toBe(
    `400 MALFORMED_QUERY: ${message}`,
  );
});

test.each([
  ['SELECT Id, FROM Contact', "unexpected token: 'FROM'"],
  ['SELECT FROM Contact', "unexpected token: 'SELECT FROM'"],
  ['SELECT * FROM Contact', "line 1:7 unexpected token: '*'"],
  ['SELECT Id FROM Contact LIMIT x', "unexpected token: 'x'"],
  ['SELECT Id FROM Contact LIMIT -1', "unexpected token: '-1'"],
  ['SELECT Id FROM Contact OFFSET 1 LIMIT 1', "unexpected token: 'LIMIT'"],
  ['SELECT Id FROM Contact c', "unexpected token: 'c'"],
  ['SELECT Id FROM Contact GROUP BY Id', 'The emulator does not implement the clause GROUP'],
  ['SELECT COUNT(Id) FROM Contact', 'The emulator does not implement the function COUNT'],
  [
    'SELECT (SELECT Id FROM Contacts) FROM Account',
    'The emulator does not implement a query for children',
  ],
  [
    'SELECT Profile.Name FROM User',
    'The emulator does not implement the objects that Profile refers to',
  ],
  ['SELECT FIELDS(ALL) FROM Contact', 'The SOQL FIELDS function must have a LIMIT of at most 200'],
  [
    'SELECT Id FROM Contact ORDER BY Description',
    "field 'Description' can not be sorted in a query call",
  ],
])('%s is malformed', async (soql, message) => {
  expect(await refusal(soql)).toBe(`400 MALFORMED_QUERY: ${message}`);
});

test.each([
  ['Score__c', "'x'", 'double', false],
  ['Visits__c', "'1'", 'int', false],
  ['Active__c', "'true'", 'boolean', false],
  ['Active__c', '1', 'boolean', false],
  ['Birthdate', "'2024-01-02'", 'date', false],
  ['Birthdate', '2024-01-02T00:00:00Z', 'date', false],
  ['LastSeen__c', '2024-01-02', 'dateTime', false],
  ['PreferredTime__c', "'08:00:00Z'", 'time', false],
  ['LastName', '3999', 'string', true],
  ['LastName', 'true', 'string', true],
  ['AccountId', '1', 'ID', true],
])('%s = %s is no value of the field', async (field, literal, type, quotes) => {
  const message = `value of filter criterion for field '${field}' must be of type ${type} and should ${quotes ? '' : 'not '}be enclosed in quotes`;
  for (const where of [`${field} = ${literal}`, `${field} IN (${literal})`]) {
    expect(await refusal(`SELECT Id FROM Contact WHERE ${where}`)).toBe(
      `400 INVALID_FIELD: ${message}`,
    );
  }
});

test('fields that describe calls not filterable, and addresses, are refused in conditions', async () => {
  for (const field of ['Description', 'MailingAddress']) {
    expect(await refusal(`SELECT Id FROM Contact WHERE ${field} = null`)).toBe(
      `400 INVALID_FIELD: field '${field}' can not be filtered in a query call`,
    );
  }
  expect((await get('SELECT Description FROM Contact')).status).toBe(200);
});

test('operators that do not fit the field are refused', async () => {
  const of = (where: string) => refusal(`SELECT Id FROM Contact WHERE ${where}`);
  const code = '400 INVALID_QUERY_FILTER_OPERATOR';
  expect(await of("Id LIKE '003%'")).toBe(`${code}: invalid operator on id field`);
  expect(await of("Tags__c LIKE 'a%'")).toBe(`${code}: invalid operator on multipicklist field`);
  expect(await of("Score__c LIKE '1%'")).toBe(`${code}: invalid operator on number field`);
  expect(await of('Active__c > false')).toBe(`${code}: invalid operator on boolean field`);
  expect(await of("Id = '003'")).toBe(`${code}: invalid ID field: 003`);
});

test('unknown and hidden fields, relationships and objects are refused', async () => {
  const unknown = (name: string) =>
    `400 INVALID_FIELD: No such column '${name}' on entity 'Contact'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. ${DESCRIBE}`;
  emulator.permit({ hidden: ['Contact.Title', 'Contact.AccountId'] });
  for (const soql of ['SELECT Title FROM Contact', 'SELECT Id FROM Contact WHERE Title = null']) {
    expect(await refusal(soql)).toBe(unknown('Title'));
  }
  expect(await refusal('SELECT Id FROM Contact ORDER BY Nothing')).toBe(unknown('Nothing'));
  const all = JSON.parse((await get('SELECT FIELDS(STANDARD) FROM Contact')).text);
  expect(JSON.stringify(all)).not.toContain('Title');
  expect(await refusal('SELECT Account.Name FROM Contact')).toBe(
    `400 INVALID_FIELD: Didn't understand relationship 'Account' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. ${DESCRIBE}`,
  );
  emulator.permit({ hidden: [] });
  expect(await refusal('SELECT Id, LastName, id FROM Contact')).toBe(
    '400 INVALID_FIELD: duplicate field selected: Id',
  );
  expect(await refusal('SELECT Id FROM Contact OFFSET 2001')).toBe(
    '400 NUMBER_OUTSIDE_VALID_RANGE: Maximum SOQL offset allowed is 2000',
  );
});

test('the message shows the place, in the row of a query of several', async () => {
  const { text } = await get('SELECT Id\nFROM Contact\nWHERE LastName = 1');
  expect(JSON.parse(text)[0].message).toMatch(
    /^\nWHERE LastName = 1\n {6}\^\nERROR at Row:3:Column:7\nvalue of filter criterion/,
  );
});

test('a query that is missing or empty, and a locator that does not exist, are refused', async () => {
  const code = async (path: string) => {
    const { status, text } = await client.call('GET', `${API}/${path}`);
    return `${status} ${JSON.parse(text)[0].errorCode}: ${JSON.parse(text)[0].message}`;
  };
  expect(await code('query')).toBe('400 MALFORMED_QUERY: A query string has to be specified');
  expect(await code('query?q=+')).toBe(
    '400 MALFORMED_QUERY: SOQL statements cannot be empty or null',
  );
  const locator = '400 INVALID_QUERY_LOCATOR: invalid query locator';
  expect(await code('query/01g000000000001AAA-2000')).toBe(locator);
  expect(await code('queryAll/nonsense')).toBe(locator);
});

/** A call with a URI and a header of these lengths. */
function callOf(uri: number, header: number): Promise<{ status: number; body: string }> {
  const path = `${API}/query?q=SELECT+Id+FROM+Contact+LIMIT+`;
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${client.token}`, 'x-filler': 'x'.repeat(header) };
    const call = request(emulator.url + path.padEnd(uri - 1, '0').concat('1'), { headers });
    call.on('error', reject).on('response', async (response) => {
      const body = (await response.toArray()).join('');
      resolve({ status: response.statusCode ?? 0, body });
    });
    call.end();
  });
}

test('a call has 16,384 bytes for its URI, and for URI and headers together', async () => {
  expect(await callOf(13_000, 1)).toMatchObject({ status: 200 });
  const before = emulator.requests().length;
  expect(await callOf(16_385, 1)).toEqual({
    status: 414,
    body: '<h1>Bad Message 414</h1><pre>reason: URI Too Long</pre>',
  });
  const wide = {
    status: 431,
    body: '<h1>Bad Message 431</h1><pre>reason: Request Header Fields Too Large</pre>',
  };
  expect(await callOf(13_000, 3_400)).toEqual(wide);
  expect(await callOf(100, 16_384)).toEqual(wide);
  // The longest query that SOQL allows, in the URI of a GET.
  expect(await callOf(100_000, 1)).toMatchObject({ status: 414 });
  expect(
    emulator
      .requests()
      .slice(before)
      .map(({ status }) => status),
  ).toEqual([414, 431, 431, 414]);
});
