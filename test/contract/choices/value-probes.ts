import type { Api } from '../api.ts';
import { decide, type Probe } from '../probe.ts';
import { contact, contactField, needsContactField, rowResult } from '../row.ts';
import { nameOf } from '../use-api.ts';

const UPDATE = { operation: 'update' };

const needsCheckbox = needsContactField('boolean');

/** Inserts a cell whose fraction has a fourth digit, and reads it back. */
async function readFraction(api: Api, type: 'datetime' | 'time', text: string): Promise<string> {
  const name = (await contactField(api, type)) ?? '';
  const { id } = await api.run(`LastName,${name}\n${nameOf(api, 'Fraction')},${text}\n`);
  const [row] = await api.saved(id);
  const [error = ''] = await api.errors(id);
  const stored = row ? String((await api.read('Contact', row['sf__Id'] ?? ''))[name]) : error;
  return decide(stored, {
    truncate: /03:04:05\.123(?!\d)/.test(stored),
    reject: error.startsWith('INVALID_FIELD:Failed to deserialize field'),
  });
}

/** Questions about single values. */
export const valueProbes = {
  'boolean-forms': {
    how: 'An insert with `yes` in a checkbox',
    missing: needsCheckbox,
    ask: async (api) => {
      const name = await contactField(api, 'boolean');
      const seen = await rowResult(api, `LastName,${name}\n${nameOf(api, 'Yes')},yes\n`);
      return decide(seen, { 'bulk-v1': seen === 'saved', xsd: seen.startsWith('INVALID_FIELD:') });
    },
  },
  'null-checkbox': {
    how: 'An update with `#N/A` in a checkbox',
    missing: needsCheckbox,
    ask: async (api) => {
      const name = (await contactField(api, 'boolean')) ?? '';
      const id = await contact(api, `,${name}`, ',true');
      const seen = await rowResult(api, `Id,${name}\n${id},#N/A\n`, UPDATE);
      const now = (await api.read('Contact', id))[name];
      return decide(`${seen}, then ${now}`, {
        refuse: seen.startsWith('INVALID_TYPE_ON_FIELD_IN_RECORD:') && now === true,
        false: seen === 'saved' && now === false,
      });
    },
  },
  'number-echo': {
    how: 'The form of 912260031 in a currency field',
    ask: async (api) => {
      const csv = `Name,AnnualRevenue\n${nameOf(api, 'Echo')},912260031\n`;
      const { id } = await api.run(csv, { object: 'Account' });
      const seen = String((await api.saved(id))[0]?.['AnnualRevenue']);
      return decide(seen, { normalised: seen === '9.12260031E8', 'as-sent': seen === '912260031' });
    },
  },
  'text-trimming': {
    how: 'A first name with spaces around it, read back',
    ask: async (api) => {
      const id = await contact(api, ',FirstName', ',  Ada ');
      const { FirstName } = await api.read('Contact', id);
      return decide(JSON.stringify(FirstName), {
        'as-sent': FirstName === '  Ada ',
        trimmed: FirstName === 'Ada',
      });
    },
  },
  'datetime-fraction': {
    how: 'An insert with 2024-01-02T03:04:05.1239Z in a dateTime field, read back',
    missing: needsContactField('datetime'),
    ask: (api) => readFraction(api, 'datetime', '2024-01-02T03:04:05.1239Z'),
  },
  'time-fraction': {
    how: 'An insert with 03:04:05.1239Z in a time field, read back',
    missing: needsContactField('time'),
    ask: (api) => readFraction(api, 'time', '03:04:05.1239Z'),
  },
} satisfies Record<string, Probe>;
