import type { Api } from '../api.ts';
import { nameOf } from '../use-api.ts';
import { decide, type Probe } from './probe.ts';
import { contact, fate } from './row.ts';

const UPDATE = { operation: 'update' };
const DELETE = { operation: 'delete' };
const HARD_DELETE = { operation: 'hardDelete' };

const needsExternalId = async ({ target }: Api) =>
  target.externalIdField === null ? 'CONTRACT_EXTERNAL_ID_FIELD names no field' : null;

const needsHardDelete = async (api: Api) => {
  const { status } = await api.create({ object: 'Contact', ...HARD_DELETE });
  return status === 200 ? null : 'The user may not delete for good';
};

/** Questions about which record a row means, and in what order rows are processed. */
export const recordProbes = {
  'insert-duplicates-in-chunk': {
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
    how: '`sf__Id` of a failed update of a record that there is not',
    ask: async (api) => {
      const { id } = await api.run('Id,Title\n003000000000001AAA,Queen\n', UPDATE);
      const [, seen = ''] = /\n"([^"]*)"/.exec(await api.results(id, 'failedResults')) ?? [];
      return decide(JSON.stringify(seen), { given: seen === '003000000000001AAA' });
    },
  },
  'hard-delete-from-bin': {
    how: 'A hard delete of a contact that was deleted before',
    missing: needsHardDelete,
    ask: async (api) => {
      const csv = `Id\n${await contact(api)}\n`;
      await fate(api, csv, DELETE);
      const seen = await fate(api, csv, HARD_DELETE);
      return decide(seen, {
        purge: seen === 'saved',
        refuse: seen.startsWith('ENTITY_IS_DELETED:'),
      });
    },
  },
  'purged-record': {
    how: 'A delete of a contact that was deleted for good',
    missing: needsHardDelete,
    ask: async (api) => {
      const csv = `Id\n${await contact(api)}\n`;
      await fate(api, csv, HARD_DELETE);
      const seen = await fate(api, csv, DELETE);
      return decide(seen, {
        unknown: seen.startsWith('INVALID_CROSS_REFERENCE_KEY:'),
        deleted: seen.startsWith('ENTITY_IS_DELETED:'),
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
  'key-spaces': {
    how: 'An upsert by the external id of a new contact, with spaces around it',
    missing: needsExternalId,
    ask: async (api) => {
      const field = api.target.externalIdField ?? '';
      const key = `${api.target.runId}-spaces`;
      await contact(api, `,${field}`, `,${key}`);
      const job = { operation: 'upsert', externalIdFieldName: field };
      const { id } = await api.run(`LastName,${field}\n${nameOf(api, 'Spaces')}, ${key} \n`, job);
      const created = (await api.saved(id))[0]?.['sf__Created'];
      const seen = (await api.errors(id))[0] ?? `created: ${created}`;
      return decide(seen, {
        kept: created === 'true' || seen.startsWith('DUPLICATE_VALUE:'),
        trimmed: created === 'false',
      });
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
