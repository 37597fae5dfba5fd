import { decide } from '../probe.ts';
import { contact, needsExternalId, rowResult } from '../row.ts';
import { nameOf } from '../use-api.ts';
import type { Assumption } from './assumption.ts';

/** Which record a row names. */
export const recordAssumptions = {
  'insert-duplicates-in-chunk': {
    does: 'When rows of an insert have the same unique value in one chunk, the first is stored and the later ones fail. For upsert all of them fail, which is documented',
    expected: 'later-ones',
    how: 'An insert of two rows with one value in the external id field',
    missing: needsExternalId,
    ask: async (api) => {
      const value = `${api.target.runId}-twice`;
      const rows = ['First', 'Second'].map((name) => `${nameOf(api, name)},${value}`);
      const { id } = await api.run(`LastName,${api.target.externalIdField}\n${rows.join('\n')}\n`);
      const saved = (await api.saved(id)).map((row) => row['LastName']);
      return decide(`saved: ${saved}`, { 'later-ones': saved.join() === nameOf(api, 'First') });
    },
  },
  'failed-row-id': {
    does: 'The `sf__Id` of a failed update or delete is the id that the row names, as the tests of clients expect',
    expected: 'given',
    how: '`sf__Id` of a failed update of a record that does not exist',
    ask: async (api) => {
      const { id } = await api.run('Id,Title\n003000000000001AAA,Queen\n', { operation: 'update' });
      const [, seen = ''] = /\n"([^"]*)"/.exec(await api.results(id, 'failedResults')) ?? [];
      return decide(JSON.stringify(seen), { given: seen === '003000000000001AAA' });
    },
  },
  'missing-key-column': {
    does: 'An upsert without the column of its key, or an update without `Id`, fails each row with `MISSING_ARGUMENT`, like a blank key',
    expected: 'row-errors',
    how: 'An upsert by `Email` of a file without that column',
    ask: async (api) => {
      const job = { operation: 'upsert', externalIdFieldName: 'Email' };
      const seen = await rowResult(api, `LastName\n${nameOf(api, 'Keyless')}\n`, job);
      return decide(seen, { 'row-errors': seen === 'MISSING_ARGUMENT:Email not specified:--' });
    },
  },
  'two-parent-keys': {
    does: 'A row that names one parent by two relationship columns fails with `INVALID_FIELD`, like an id beside a relationship column',
    expected: 'row-error',
    how: 'An insert with `ReportsTo.Email` and `ReportsTo.Id` for one contact',
    ask: async (api) => {
      const email = `two@${api.target.runId}.example`;
      const id = await contact(api, ',Email', `,${email}`);
      const csv = `LastName,ReportsTo.Email,ReportsTo.Id\n${nameOf(api, 'Keys')},${email},${id}\n`;
      const seen = await rowResult(api, csv);
      return decide(seen, { 'row-error': seen.startsWith('INVALID_FIELD:') });
    },
  },
} satisfies Record<string, Assumption>;
