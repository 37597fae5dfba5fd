import { decide } from '../probe.ts';
import { jobResult } from '../row.ts';
import { nameOf } from '../use-api.ts';
import type { Assumption } from './assumption.ts';

const FAILED = 'Failed InvalidBatch : ';

/** The content of a file. */
export const fileAssumptions = {
  'unescaped-quote': {
    does: 'A quote inside an unquoted cell, or a space outside the quotes, fails the job. Documented as an error of the row, reported as an error of the whole job',
    expected: 'fail-job',
    how: 'A quote inside an unquoted cell',
    ask: async (api) => {
      const seen = await jobResult(api, `LastName\n${nameOf(api, 'Quo"te')}\n`);
      return decide(seen, {
        'fail-job': seen.startsWith(`${FAILED}Failed to parse CSV. Found unescaped quote.`),
      });
    },
  },
  'oversized-data': {
    does: 'A header, row or cell over the documented size fails the job with `InvalidBatch`; no row is processed',
    expected: 'fail-job',
    how: 'A cell with 131,073 characters',
    ask: async (api) => {
      const cell = 'x'.repeat(131_073);
      const seen = await jobResult(api, `LastName,Description\n${nameOf(api, 'Big')},${cell}\n`);
      return decide(seen, { 'fail-job': seen.startsWith(FAILED) });
    },
  },
  'blank-lines': {
    does: 'An empty line in the data is skipped',
    expected: 'skipped',
    how: 'An empty line between two rows',
    ask: async (api) => {
      const csv = `LastName\n${nameOf(api, 'One')}\n\n${nameOf(api, 'Two')}\n`;
      const info = await api.run(csv);
      const counts = `${info['numberRecordsProcessed']} processed, ${info['numberRecordsFailed']} failed`;
      return decide(`${info['state']}, ${counts}`, { skipped: counts === '2 processed, 0 failed' });
    },
  },
  'delete-columns': {
    does: 'A delete with columns other than `Id` fails the job with the message of Bulk API 1.0, `Delete batches must contain only ids`',
    expected: 'fail-job',
    how: 'A delete of a new record with the columns `Id` and `LastName`',
    ask: async (api) => {
      const name = nameOf(api, 'Delete');
      const [row] = await api.saved((await api.run(`LastName\n${name}\n`)).id);
      const csv = `Id,LastName\n${row?.['sf__Id']},${name}\n`;
      const seen = await jobResult(api, csv, { operation: 'delete' });
      return decide(seen, { 'fail-job': seen === `${FAILED}Delete batches must contain only ids` });
    },
  },
} satisfies Record<string, Assumption>;
