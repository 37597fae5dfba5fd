import type { Api } from '../api.ts';
import { decide } from '../probe.ts';
import { fieldsOf, rowResult } from '../row.ts';
import { nameOf } from '../use-api.ts';
import type { Assumption } from './assumption.ts';

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

/** Single values and their errors. */
export const valueAssumptions = {
  'null-on-insert': {
    does: '`#N/A` in an insert does not suppress a default value; it gives the field no value, like an empty cell',
    expected: 'default-applies',
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
  'number-range': {
    does: 'Too many digits before the decimal point are `NUMBER_OUTSIDE_VALID_RANGE`; too many after it are rounded',
    expected: 'range-error-and-rounding',
    how: 'Annual revenues with a digit too many before the point, and after it',
    ask: async (api) => {
      const field = (await fieldsOf(api, 'Account')).find(({ name }) => name === 'AnnualRevenue');
      const [precision, scale] = [Number(field?.['precision']), Number(field?.['scale'])];
      const file = (number: string) => `Name,AnnualRevenue\n${nameOf(api, 'Range')},${number}\n`;
      const job = { object: 'Account' };
      const large = await rowResult(api, file(`1${'0'.repeat(precision - scale)}`), job);
      const { id } = await api.run(file(`1.${'0'.repeat(scale)}6`), job);
      const saved = (await api.saved(id))[0]?.['sf__Id'];
      const { AnnualRevenue } = saved ? await api.read('Account', saved) : {};
      return decide(`${large}; ${AnnualRevenue}`, {
        'range-error-and-rounding':
          large.startsWith('NUMBER_OUTSIDE_VALID_RANGE:') && AnnualRevenue === 1 + 10 ** -scale,
      });
    },
  },
  'integer-digits': {
    does: 'An integer with more digits than its field takes is `NUMBER_OUTSIDE_VALID_RANGE`. That it is refused is documented, with which error is not',
    expected: 'range-error',
    how: 'A number of employees with a digit too many',
    ask: async (api) => {
      const field = (await fieldsOf(api, 'Account')).find(
        ({ name }) => name === 'NumberOfEmployees',
      );
      const number = `1${'0'.repeat(Number(field?.['digits']))}`;
      const csv = `Name,NumberOfEmployees\n${nameOf(api, 'Digits')},${number}\n`;
      const seen = await rowResult(api, csv, { object: 'Account' });
      return decide(seen, { 'range-error': seen.startsWith('NUMBER_OUTSIDE_VALID_RANGE:') });
    },
  },
  'date-range': {
    does: 'A date or dateTime before 1700-01-01 or after 4000-12-31T00:00:00Z is refused like a text that is none. The range is documented, the error is not',
    expected: 'deserialization-error',
    how: 'A birthdate of 1699-12-31',
    ask: async (api) => {
      const csv = `LastName,Birthdate\n${nameOf(api, 'Date')},1699-12-31\n`;
      const seen = await rowResult(api, csv);
      return decide(seen, {
        'deserialization-error': seen.startsWith('INVALID_FIELD:Failed to deserialize field'),
      });
    },
  },
  'picklist-match': {
    does: 'A value must match an active value of a restricted picklist exactly, including case. An org may be more lenient',
    expected: 'exact',
    how: 'A value of a restricted picklist in lower case',
    missing: async (api) =>
      (await picklist(api)) ? null : 'Account has no restricted picklist that the user may write',
    ask: async (api) => {
      const { name, value } = (await picklist(api)) ?? {};
      const csv = `Name,${name}\n${nameOf(api, 'Picklist')},${value}\n`;
      const seen = await rowResult(api, csv, { object: 'Account' });
      return decide(seen, { exact: seen.startsWith('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST:') });
    },
  },
  'row-error-wording': {
    does: 'Messages known from the REST API take the recorded grammar of `sf__Error`, `CODE:message:Field --`; only the first error of a row is given',
    expected: 'by-grammar',
    how: 'The error of a first name with 41 characters',
    ask: async (api) => {
      const text = 'x'.repeat(41);
      const seen = await rowResult(api, `LastName,FirstName\n${nameOf(api, 'Long')},${text}\n`);
      const message = `First Name: data value too large: ${text} (max length=40)`;
      return decide(seen, { 'by-grammar': seen === `STRING_TOO_LONG:${message}:FirstName --` });
    },
  },
  'read-only-empty-cell': {
    does: 'An empty cell in a read-only column is ignored',
    expected: 'ignored',
    how: 'An insert with an empty cell under `CreatedDate`',
    ask: async (api) => {
      const seen = await rowResult(api, `LastName,CreatedDate\n${nameOf(api, 'Empty')},\n`);
      return decide(seen, { ignored: seen === 'saved' });
    },
  },
} satisfies Record<string, Assumption>;
