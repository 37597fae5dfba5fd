import type { Api } from '../api.ts';
import { decide, type Probe } from '../probe.ts';
import { contact, needsExternalId, rowResult } from '../row.ts';
import { nameOf } from '../use-api.ts';

const UPDATE = { operation: 'update' };
const DELETE = { operation: 'delete' };
const HARD_DELETE = { operation: 'hardDelete' };

const needsHardDelete = async (api: Api) => {
  const { status } = await api.create({ object: 'Contact', ...HARD_DELETE });
  return status === 200 ? null : 'The user may not delete permanently';
};

/** Questions about which record a row names, and the order of processing. */
export const recordProbes = {
  'hard-delete-from-bin': {
    how: 'A hard delete of a deleted contact',
    missing: needsHardDelete,
    ask: async (api) => {
      const csv = `Id\n${await contact(api)}\n`;
      await rowResult(api, csv, DELETE);
      const seen = await rowResult(api, csv, HARD_DELETE);
      return decide(seen, {
        purge: seen === 'saved',
        refuse: seen.startsWith('ENTITY_IS_DELETED:'),
      });
    },
  },
  'purged-record': {
    how: 'A delete of a permanently deleted contact',
    missing: needsHardDelete,
    ask: async (api) => {
      const csv = `Id\n${await contact(api)}\n`;
      await rowResult(api, csv, HARD_DELETE);
      const seen = await rowResult(api, csv, DELETE);
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
      const seen = await rowResult(api, `Id,ReportsTo.Email\n${id},#N/A\n`, UPDATE);
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
  'unknown-parents': {
    how: 'A lead owned by a group that does not exist',
    emulatorOnly: 'An org has every object and refuses; the emulator does not have them all',
    ask: async (api) => {
      const csv = `LastName,Company,OwnerId\n${nameOf(api, 'Lead')},Acme,00G000000000001EAA\n`;
      const seen = await rowResult(api, csv, { object: 'Lead' });
      return decide(seen, {
        accepted: seen === 'saved',
        refused: seen.startsWith('INVALID_CROSS_REFERENCE_KEY:'),
      });
    },
  },
  'chunk-order': {
    how: 'Ten updates of one record, 200 rows apart, and which of them is stored at the end',
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
