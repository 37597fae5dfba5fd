import type { Api } from '../api.ts';
import { nameOf } from '../use-api.ts';
import { decide, type Probe } from './probe.ts';
import { contact, type Field, fate, fieldsOf } from './row.ts';

const UPDATE = { operation: 'update' };

async function checkbox(api: Api): Promise<Field | undefined> {
  const fields = await fieldsOf(api, 'Contact');
  return fields.find((field) => field['type'] === 'boolean' && field['createable'] === true);
}

/** A restricted picklist of Account with a value that can be written in another case. */
async function picklist(api: Api): Promise<{ name: string; value: string } | null> {
  for (const field of await fieldsOf(api, 'Account')) {
    if (field['type'] !== 'picklist' || !field['restrictedPicklist'] || !field['createable'])
      continue;
    const values = field['picklistValues'] as { active: boolean; value: string }[];
    const found = values.find(({ active, value }) => active && value !== value.toLowerCase());
    if (found) return { name: field.name, value: found.value.toLowerCase() };
  }
  return null;
}

const needsCheckbox = async (api: Api) =>
  (await checkbox(api)) ? null : 'Contact has no checkbox that the user may write';

/** Questions about single values. */
export const valueProbes = {
  'boolean-forms': {
    how: 'An insert with `yes` in a checkbox',
    missing: needsCheckbox,
    ask: async (api) => {
      const name = (await checkbox(api))?.name;
      const seen = await fate(api, `LastName,${name}\n${nameOf(api, 'Yes')},yes\n`);
      return decide(seen, { 'bulk-v1': seen === 'saved', xsd: seen.startsWith('INVALID_FIELD:') });
    },
  },
  'null-checkbox': {
    how: 'An update with `#N/A` in a checkbox',
    missing: needsCheckbox,
    ask: async (api) => {
      const name = (await checkbox(api))?.name ?? '';
      const id = await contact(api, `,${name}`, ',true');
      const seen = await fate(api, `Id,${name}\n${id},#N/A\n`, UPDATE);
      const now = (await api.read('Contact', id))[name];
      return decide(`${seen}, then ${now}`, {
        refuse: seen.startsWith('INVALID_TYPE_ON_FIELD_IN_RECORD:') && now === true,
        false: seen === 'saved' && now === false,
      });
    },
  },
  'null-on-insert': {
    how: 'An insert of a case with `#N/A` as its status',
    missing: async (api) =>
      (await fieldsOf(api, 'Case')).length > 0 ? null : 'The user may not see cases',
    ask: async (api) => {
      const csv = `Subject,Status\n${nameOf(api, 'Case')},#N/A\n`;
      const { id } = await api.run(csv, { object: 'Case' });
      const [row] = await api.saved(id);
      if (!row) return (await api.errors(id)).join();
      const { Status } = await api.read('Case', row['sf__Id'] ?? '');
      return decide(String(Status), { 'default-applies': typeof Status === 'string' });
    },
  },
  'number-echo': {
    how: 'How 912260031 comes back from a currency field',
    ask: async (api) => {
      const csv = `Name,AnnualRevenue\n${nameOf(api, 'Echo')},912260031\n`;
      const { id } = await api.run(csv, { object: 'Account' });
      const seen = String((await api.saved(id))[0]?.['AnnualRevenue']);
      return decide(seen, { normalised: seen === '9.12260031E8', 'as-sent': seen === '912260031' });
    },
  },
  'number-range': {
    how: 'Annual revenues with a digit too many before the point, and after it',
    ask: async (api) => {
      const field = (await fieldsOf(api, 'Account')).find(({ name }) => name === 'AnnualRevenue');
      const [precision, scale] = [Number(field?.['precision']), Number(field?.['scale'])];
      const file = (number: string) => `Name,AnnualRevenue\n${nameOf(api, 'Range')},${number}\n`;
      const job = { object: 'Account' };
      const large = await fate(api, file(`1${'0'.repeat(precision - scale)}`), job);
      const { id } = await api.run(file(`1.${'0'.repeat(scale)}6`), job);
      const saved = (await api.saved(id))[0]?.['sf__Id'];
      const { AnnualRevenue } = saved ? await api.read('Account', saved) : {};
      return decide(`${large}; ${AnnualRevenue}`, {
        'range-error-and-rounding':
          large.startsWith('NUMBER_OUTSIDE_VALID_RANGE:') && AnnualRevenue === 1 + 10 ** -scale,
      });
    },
  },
  'picklist-match': {
    how: 'A value of a restricted picklist in lower case',
    missing: async (api) =>
      (await picklist(api)) ? null : 'Account has no restricted picklist that the user may write',
    ask: async (api) => {
      const { name, value } = (await picklist(api)) ?? {};
      const csv = `Name,${name}\n${nameOf(api, 'Picklist')},${value}\n`;
      const seen = await fate(api, csv, { object: 'Account' });
      return decide(seen, { exact: seen.startsWith('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST:') });
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
  'row-error-wording': {
    how: 'The error of a first name with 41 characters',
    ask: async (api) => {
      const text = 'x'.repeat(41);
      const seen = await fate(api, `LastName,FirstName\n${nameOf(api, 'Long')},${text}\n`);
      const message = `First Name: data value too large: ${text} (max length=40)`;
      return decide(seen, { 'by-grammar': seen === `STRING_TOO_LONG:${message}:FirstName --` });
    },
  },
  'read-only-empty-cell': {
    how: 'An insert with an empty cell under `CreatedDate`',
    ask: async (api) => {
      const seen = await fate(api, `LastName,CreatedDate\n${nameOf(api, 'Empty')},\n`);
      return decide(seen, { ignored: seen === 'saved' });
    },
  },
} satisfies Record<string, Probe>;
