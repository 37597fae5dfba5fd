import { decide, type Probe } from '../probe.ts';
import { contacts, records } from '../query.ts';

/** Questions about the records that a query finds. */
export const queryProbes = {
  'query-order': {
    how: 'A query of 60 contacts without `ORDER BY`, inserted by one job',
    ask: async (api) => {
      const names = Array.from({ length: 60 }, (_, index) => `N${String(index).padStart(2, '0')}`);
      const { lastName } = await contacts(api, names);
      const soql = `SELECT FirstName FROM Contact WHERE LastName = '${lastName}'`;
      const seen = (await records(api, soql)).map((row) => row['FirstName']).join();
      return seen === names.join() ? 'oldest-first' : 'shuffled';
    },
  },
  'query-empty-values': {
    how: "Queries of a contact without a title for `Title != 'x'` and `Title NOT IN ('x')`",
    ask: async (api) => {
      const { lastName } = await contacts(api, ['Ada']);
      const count = async (condition: string) => {
        const where = `LastName = '${lastName}' AND ${condition}`;
        return (await records(api, `SELECT Id FROM Contact WHERE ${where}`)).length;
      };
      const seen = [await count("Title != 'x'"), await count("Title NOT IN ('x')")].join();
      return decide(seen, { found: seen === '1,1', 'not-found': seen === '0,0' });
    },
  },
} satisfies Record<string, Probe>;
