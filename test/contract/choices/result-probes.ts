import type { Api } from '../api.ts';
import { decide, type Probe } from '../probe.ts';
import { contact, contactField, needsContactField, rowResult } from '../row.ts';
import { nameOf } from '../use-api.ts';

/** The cell of the only saved row of a file in a column of its results. */
async function echo(api: Api, csv: string, column: string): Promise<string> {
  const { id } = await api.run(csv);
  const [row] = await api.saved(id);
  return row?.[column] ?? (await api.errors(id)).join();
}

/** Questions about the content of results files. */
export const resultProbes = {
  'empty-results': {
    how: 'The failed results of a job whose only row was saved',
    ask: async (api) => {
      const { id } = await api.run(`LastName\n${nameOf(api, 'Saved')}\n`);
      const { status, text } = await api.call('GET', `${api.jobs}/${id}/failedResults`);
      return decide(`${status} ${JSON.stringify(text)}`, {
        'header-line': status === 200 && text.startsWith('"sf__Id","sf__Error"'),
        'no-content': status === 204,
        'empty-body': status === 200 && text === '',
      });
    },
  },
  'failed-job-counters': {
    how: 'The counters of a job that fails after one of its two rows, by a fault',
    emulatorOnly: 'An org cannot be made to fail a job halfway',
    ask: async (api) => {
      await api.json('POST', '/__emulator/faults', { job: 'fail', afterRows: 1 });
      const info = await api.run(`LastName\n${nameOf(api, 'One')}\n${nameOf(api, 'Two')}\n`);
      const seen = String(info['numberRecordsProcessed']);
      return decide(seen, { kept: seen === '1', zero: seen === '0' });
    },
  },
  'other-case-columns': {
    how: 'The failed results of a row with a bad date and a column `lastname`',
    ask: async (api) => {
      const name = nameOf(api, 'Case');
      const { id } = await api.run(`lastname,Birthdate\n${name},someday\n`);
      const [row] = await api.failed(id);
      const seen = row?.['lastname'];
      return decide(JSON.stringify(row), { echoed: seen === name, blank: seen === '' });
    },
  },
  'datetime-echo': {
    how: 'The form of a dateTime with an offset',
    missing: needsContactField('datetime'),
    ask: async (api) => {
      const name = (await contactField(api, 'datetime')) ?? '';
      const sent = '2024-01-02T05:04:05+02:00';
      const seen = await echo(api, `LastName,${name}\n${nameOf(api, 'Time')},${sent}\n`, name);
      return decide(seen, { 'as-sent': seen === sent, utc: seen === '2024-01-02T03:04:05.000Z' });
    },
  },
  'text-echo': {
    how: 'The form of a first name with spaces around it',
    ask: async (api) => {
      const csv = `LastName,FirstName\n${nameOf(api, 'Spaces')},  Ada \n`;
      const seen = await echo(api, csv, 'FirstName');
      return decide(JSON.stringify(seen), {
        'as-sent': seen === '  Ada ',
        trimmed: seen === 'Ada',
      });
    },
  },
  'id-echo': {
    how: 'The form of an id of 15 characters in a lookup',
    ask: async (api) => {
      const id = await contact(api);
      const csv = `LastName,ReportsToId\n${nameOf(api, 'Id')},${id.slice(0, 15)}\n`;
      const seen = await echo(api, csv, 'ReportsToId');
      return decide(seen, { 'as-sent': seen === id.slice(0, 15), '18-characters': seen === id });
    },
  },
  'row-error-language': {
    how: 'The error of a last name with 81 characters',
    ask: async (api) => {
      const seen = await rowResult(api, `LastName\n${nameOf(api, 'Long').padEnd(81, 'x')}\n`);
      return decide(seen, {
        english: seen.includes(' data value too large: '),
        german: seen.includes(' Datenwert zu groß: '),
      });
    },
  },
} satisfies Record<string, Probe>;
