import { beforeAll, expect, test } from 'vitest';
import { contacts, query, records } from './query.ts';
import { explain } from './session.ts';
import { useApi } from './use-api.ts';

const api = useApi();
let lastName = '';
let ids: string[] = [];

beforeAll(async () => {
  ({ lastName, ids } = await contacts(api(), ['Ada', 'Bob', 'Cleo']));
});

test('a query returns the selected fields, after type and address', async () => {
  const where = `WHERE LastName = '${lastName}' ORDER BY FirstName LIMIT 1`;
  const { text } = await query(api(), `SELECT FirstName, Title, Id FROM Contact ${where}`);
  const url = `${api().base}/sobjects/Contact/${JSON.parse(text).records[0].Id}`;
  expect(text).toBe(
    JSON.stringify({
      totalSize: 1,
      done: true,
      records: [
        {
          attributes: { type: 'Contact', url },
          FirstName: 'Ada',
          Title: null,
          Id: JSON.parse(text).records[0].Id,
        },
      ],
    }),
  );
});

test('IN finds ids of 15 and of 18 characters', async () => {
  const list = `'${ids[0]?.slice(0, 15)}', '${ids[1]}'`;
  expect(await records(api(), `SELECT Id FROM Contact WHERE Id IN (${list})`)).toHaveLength(2);
});

test('text is compared without case, and LIKE takes wildcards', async () => {
  const where = `LastName = '${lastName.toUpperCase()}' AND (FirstName LIKE 'a%' OR FirstName = 'BOB')`;
  expect(await records(api(), `SELECT Id FROM Contact WHERE ${where}`)).toHaveLength(2);
});

test('COUNT() returns a number without records', async () => {
  const { text } = await query(api(), `SELECT COUNT() FROM Contact WHERE LastName = '${lastName}'`);
  expect(text).toBe('{"totalSize":3,"done":true,"records":[]}');
});

const DESCRIBE = 'Please reference your WSDL or the describe call for the appropriate names.';

test.each([
  [
    'SELECT No__x FROM Contact',
    `INVALID_FIELD: \nSELECT No__x FROM Contact\n       ^\nERROR at Row:1:Column:8\nNo such column 'No__x' on entity 'Contact'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. ${DESCRIBE}`,
  ],
  [
    'SELECT Id FROM Contactz LIMIT 2',
    `INVALID_TYPE: \nSELECT Id FROM Contactz LIMIT 2\n               ^\nERROR at Row:1:Column:16\nsObject type 'Contactz' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. ${DESCRIBE}`,
  ],
  ['invalid', "MALFORMED_QUERY: unexpected token: 'invalid'"],
  [
    'SELECT Id FROM Contact WHERE LastName = 3999',
    "INVALID_FIELD: \nSELECT Id FROM Contact WHERE LastName = 3999\n                             ^\nERROR at Row:1:Column:30\nvalue of filter criterion for field 'LastName' must be of type string and should be enclosed in quotes",
  ],
])('%s is refused with the recorded error', async (soql, error) => {
  expect(explain(await query(api(), soql))).toBe(`400 ${error}`);
});

test('a call without a query, and a locator that does not exist, are refused', async () => {
  const without = await api().call('GET', `${api().base}/query`);
  expect(explain(without)).toBe('400 MALFORMED_QUERY: A query string has to be specified');
  const more = await api().call('GET', `${api().base}/query/01g000000000001AAA-2000`);
  expect(explain(more)).toBe('400 INVALID_QUERY_LOCATOR: invalid query locator');
});
