import { decide } from '../probe.ts';
import { contacts, query, records } from '../query.ts';
import { explain, good, send } from '../session.ts';
import type { Assumption } from './assumption.ts';

/** Queries, and the size of calls. */
export const queryAssumptions = {
  'query-excerpt': {
    does: 'The message of a refused query begins with the words of its line within 30 characters of the place, as in the recorded ones',
    expected: '30-characters',
    how: 'The error of an unknown field amid nine known ones',
    ask: async (api) => {
      const fields = 'Id, FirstName, LastName, Email, Phone, No__x, Title, Birthdate, OwnerId, Fax';
      const seen = explain(await query(api, `SELECT ${fields} FROM Contact`));
      const excerpt = 'FirstName, LastName, Email, Phone, No__x, Title, Birthdate, OwnerId';
      return decide(seen, { '30-characters': seen.includes(`: \n${excerpt}\n`) });
    },
  },
  'query-error-wording': {
    does: 'Messages that are not recorded follow the pattern of similar ones: `invalid operator on boolean field` that of ids, `Illegal character sequence` that of searches',
    expected: 'by-pattern',
    how: "Queries with `IsDeleted > true` and with the text `'\\q'`",
    ask: async (api) => {
      const operator = explain(await query(api, 'SELECT Id FROM Contact WHERE IsDeleted > true'));
      const text = explain(await query(api, "SELECT Id FROM Contact WHERE LastName = '\\q'"));
      return decide(`${operator}; ${text}`, {
        'by-pattern':
          operator.startsWith('400 INVALID_QUERY_FILTER_OPERATOR: ') &&
          operator.endsWith('invalid operator on boolean field') &&
          text.startsWith('400 MALFORMED_QUERY: ') &&
          text.endsWith("Illegal character sequence '\\q' in string literal."),
      });
    },
  },
  'query-text-order': {
    does: '`<`, `>` and `ORDER BY` compare text without case, by the codes of its characters',
    expected: 'without-case',
    how: 'First names `b`, `A` and `C` in order, and those after `B`',
    ask: async (api) => {
      const { lastName } = await contacts(api, ['b', 'A', 'C']);
      const from = `SELECT FirstName FROM Contact WHERE LastName = '${lastName}'`;
      const order = (rows: Record<string, unknown>[]) => rows.map((row) => row['FirstName']).join();
      const all = order(await records(api, `${from} ORDER BY FirstName`));
      const after = order(await records(api, `${from} AND FirstName > 'B'`));
      return decide(`${all}; ${after}`, { 'without-case': all === 'A,b,C' && after === 'C' });
    },
  },
  'query-snapshot': {
    does: 'Further pages show the records as they were at the time of the query',
    expected: 'as-they-were',
    how: 'The second page of a query, after its 201 contacts were deleted',
    ask: async (api) => {
      const { lastName, ids } = await contacts(api, Array.from({ length: 201 }, String));
      const soql = `SELECT FirstName FROM Contact WHERE LastName = '${lastName}'`;
      const headers = { 'sforce-query-options': 'batchSize=200' };
      const { nextRecordsUrl } = JSON.parse(good(await query(api, soql, { headers })).text);
      await api.run(`Id\n${ids.join('\n')}\n`, { operation: 'delete' });
      const { status, text } = await api.call('GET', nextRecordsUrl);
      const holds = status === 200 && JSON.parse(text).records.length === 1;
      return decide(`${status} ${text}`, { 'as-they-were': holds });
    },
  },
  'query-page-size': {
    does: 'A `batchSize` outside of 200 to 2,000 is the nearer of the two',
    expected: 'nearest',
    how: 'A query of one contact with `batchSize=1`, and one with `batchSize=9999`',
    ask: async (api) => {
      const ask = async (size: number) => {
        const headers = { 'sforce-query-options': `batchSize=${size}` };
        return explain(await query(api, 'SELECT Id FROM Contact LIMIT 1', { headers }));
      };
      const seen = `${await ask(1)}, ${await ask(9_999)}`;
      return decide(seen, { nearest: seen === '200, 200' });
    },
  },
  'query-columns': {
    does: '`columns=true` returns the columns of a query instead of its records, with the names that the Salesforce CLI reads; the parameter is not documented',
    expected: 'columns-only',
    how: 'A query of `Id` and `Account.Name` with `columns=true`',
    ask: async (api) => {
      const soql = encodeURIComponent('SELECT Id, Account.Name FROM Contact LIMIT 1');
      const reply = await api.call('GET', `${api.base}/query?q=${soql}&columns=true`);
      const { columnMetadata: columns = [], records } = JSON.parse(good(reply).text);
      const names = columns.map(({ columnName }: { columnName: string }) => columnName).join();
      const parent = columns[1]?.joinColumns?.[0]?.columnName;
      const seen = `${names}; ${parent}; ${records === undefined ? 'no records' : 'records'}`;
      return decide(seen, { 'columns-only': seen === 'Id,Account; Name; no records' });
    },
  },
  'head-size': {
    does: 'A URI over 16,384 bytes is 414; URI and headers over it, with the request line and line breaks, are 431. Neither counts as a call. The HTML of the 431 is that of the recorded 414',
    expected: '414-and-431',
    how: 'A query of 17,000 characters, and a call with a header of 17,000',
    ask: async (api) => {
      const long = await query(api, `SELECT Id FROM Contact LIMIT ${'1'.padStart(17_000, '0')}`);
      const url = `${api.target.url}${api.base}`;
      const wide = await send(url, { headers: { 'x-filler': 'x'.repeat(17_000) } });
      const seen = [long, wide].map(({ status, text }) => `${status} ${text}`).join('; ');
      return decide(seen, {
        '414-and-431':
          seen ===
          '414 <h1>Bad Message 414</h1><pre>reason: URI Too Long</pre>; ' +
            '431 <h1>Bad Message 431</h1><pre>reason: Request Header Fields Too Large</pre>',
      });
    },
  },
} satisfies Record<string, Assumption>;
