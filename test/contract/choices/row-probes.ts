import type { Api } from '../api.ts';
import { explain } from '../session.ts';
import { nameOf } from '../use-api.ts';
import { decide, type Probe } from './probe.ts';

const UPDATE = { operation: 'update' };

/** Inserts one contact with further cells; its id. */
async function contact(api: Api, columns = '', cells = ''): Promise<string> {
  const { id } = await api.run(`LastName${columns}\n${nameOf(api, 'Row')}${cells}\n`);
  const [row] = await api.saved(id);
  if (!row) throw new Error((await api.errors(id)).join());
  return row['sf__Id'] ?? '';
}

/** What became of the only row of a file: `saved`, or its `sf__Error`. */
async function fate(api: Api, csv: string, job: object = {}): Promise<string> {
  const { id, state, errorMessage } = await api.run(csv, job);
  if (state !== 'JobComplete') return `${state} ${errorMessage}`;
  return (await api.errors(id))[0] ?? 'saved';
}

type Field = Readonly<Record<string, unknown>> & { readonly name: string };

async function fieldsOf(api: Api, object: string): Promise<Field[]> {
  const reply = await api.call('GET', `${api.base}/sobjects/${object}/describe`);
  return reply.status === 200 ? JSON.parse(reply.text).fields : [];
}

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

/** Questions about single rows and their values. */
export const rowProbes = {
  'boolean-forms': {
    how: 'An insert with `yes` in a checkbox',
    missing: needsCheckbox,
    ask: async (api) => {
      const name = (await checkbox(api))?.name;
      const seen = await fate(api, `LastName,${name}\n${nameOf(api, 'Yes')},yes\n`);
      return decide(seen, { 'bulk-v1': seen === 'saved', xsd: seen.startsWith('INVALID_FIELD:') });
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
  'insert-duplicates-in-chunk': {
    how: 'An insert of two rows with one value in the external id field',
    missing: async ({ target }) =>
      target.externalIdField === null ? 'CONTRACT_EXTERNAL_ID_FIELD names no field' : null,
    ask: async (api) => {
      const value = `${api.target.runId}-twice`;
      const rows = ['First', 'Second'].map((name) => `${nameOf(api, name)},${value}`);
      const { id } = await api.run(`LastName,${api.target.externalIdField}\n${rows.join('\n')}\n`);
      const saved = (await api.saved(id)).map((row) => row['LastName']);
      return decide(`saved: ${saved}`, { 'later-ones': saved.join() === nameOf(api, 'First') });
    },
  },
  'failed-row-id': {
    how: '`sf__Id` of a failed update of a record that there is not',
    ask: async (api) => {
      const { id } = await api.run('Id,Title\n003000000000001AAA,Queen\n', UPDATE);
      const [, seen = ''] = /\n"([^"]*)"/.exec(await api.results(id, 'failedResults')) ?? [];
      return decide(JSON.stringify(seen), { given: seen === '003000000000001AAA' });
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
  'null-relationship': {
    how: 'An update with `#N/A` under `ReportsTo.Email` of a contact that reports to another',
    ask: async (api) => {
      const id = await contact(api, ',ReportsToId', `,${await contact(api)}`);
      const seen = await fate(api, `Id,ReportsTo.Email\n${id},#N/A\n`, UPDATE);
      const { ReportsToId } = await api.read('Contact', id);
      return decide(`${seen}, then ${ReportsToId}`, {
        'not-found': seen.startsWith('INVALID_FIELD:Foreign key external ID: #N/A not found'),
        clear: seen === 'saved' && ReportsToId === null,
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
  'missing-key-column': {
    how: 'An upsert by `Email` of a file without that column',
    ask: async (api) => {
      const job = { operation: 'upsert', externalIdFieldName: 'Email' };
      const seen = await fate(api, `LastName\n${nameOf(api, 'Keyless')}\n`, job);
      return decide(seen, { 'row-errors': seen === 'MISSING_ARGUMENT:Email not specified:--' });
    },
  },
  'two-parent-keys': {
    how: 'An insert with `ReportsTo.Email` and `ReportsTo.Id` for one contact',
    ask: async (api) => {
      const email = `two@${api.target.runId}.example`;
      const id = await contact(api, ',Email', `,${email}`);
      const csv = `LastName,ReportsTo.Email,ReportsTo.Id\n${nameOf(api, 'Keys')},${email},${id}\n`;
      const seen = await fate(api, csv);
      return decide(seen, { 'row-error': seen.startsWith('INVALID_FIELD:') });
    },
  },
  'unknown-assignment-rule': {
    how: 'A lead job with the rule `01Q000000000001EAA`',
    missing: async (api) =>
      (await fieldsOf(api, 'Lead')).length > 0 ? null : 'The user may not see leads',
    ask: async (api) => {
      const job = { object: 'Lead', operation: 'insert', assignmentRuleId: '01Q000000000001EAA' };
      const created = await api.create(job);
      if (created.status !== 200) {
        const seen = explain(created);
        return decide(seen, { 'refuse-job': seen.startsWith('400 INVALIDJOB:') });
      }
      const csv = `LastName,Company\n${nameOf(api, 'Rule')},Acme\n`;
      const seen = await fate(api, csv, job);
      return decide(seen, { 'no-effect': seen === 'saved' });
    },
  },
  'unknown-parents': {
    how: 'A lead that a group owns which there is not',
    emulatorOnly: 'An org holds every object, and so refuses; the emulator does not hold them all',
    ask: async (api) => {
      const csv = `LastName,Company,OwnerId\n${nameOf(api, 'Lead')},Acme,00G000000000001EAA\n`;
      const seen = await fate(api, csv, { object: 'Lead' });
      return decide(seen, {
        accepted: seen === 'saved',
        refused: seen.startsWith('INVALID_CROSS_REFERENCE_KEY:'),
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
  'text-trimming': {
    how: 'A first name with spaces around it, read back',
    ask: async (api) => {
      const id = await contact(api, ',FirstName', ',  Ada ');
      const { FirstName } = await api.read('Contact', id);
      return decide(JSON.stringify(FirstName), { 'as-sent': FirstName === '  Ada ' });
    },
  },
  'chunk-order': {
    how: 'Ten updates of one record, 200 rows apart, and which of them is seen in the end',
    ask: async (api) => {
      const id = await contact(api);
      const rows = Array.from({ length: 1_801 }, (_, row) =>
        row % 200 === 0 ? `${id},${row / 200}` : ',x',
      );
      await api.run(`Id,Title\n${rows.join('\n')}\n`, UPDATE);
      const { Title } = await api.read('Contact', id);
      return Title === '9' ? 'as-uploaded' : 'shuffled';
    },
  },
} satisfies Record<string, Probe>;
