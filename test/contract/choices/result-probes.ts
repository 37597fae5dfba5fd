import type { Api } from '../api.ts';
import { nameOf } from '../use-api.ts';
import { decide, type Probe } from './probe.ts';
import { contact, type Field, fate, fieldsOf } from './row.ts';

async function pointInTime(api: Api): Promise<Field | undefined> {
  const fields = await fieldsOf(api, 'Contact');
  return fields.find((field) => field['type'] === 'datetime' && field['createable'] === true);
}

/** How the only saved row of a file comes back under a column. */
async function echo(api: Api, csv: string, column: string): Promise<string> {
  const { id } = await api.run(csv);
  const [row] = await api.saved(id);
  return row?.[column] ?? (await api.errors(id)).join();
}

/** Questions about what results files say, and how they say it. */
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
    how: 'The counters of a job that was made to fail after one of its two rows',
    emulatorOnly: 'An org cannot be made to fail a job half-way',
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
    how: 'How a point in time with an offset comes back',
    missing: async (api) =>
      (await pointInTime(api)) ? null : 'Contact has no date/time field that the user may write',
    ask: async (api) => {
      const name = (await pointInTime(api))?.name ?? '';
      const sent = '2024-01-02T05:04:05+02:00';
      const seen = await echo(api, `LastName,${name}\n${nameOf(api, 'Time')},${sent}\n`, name);
      return decide(seen, { 'as-sent': seen === sent, utc: seen === '2024-01-02T03:04:05.000Z' });
    },
  },
  'text-echo': {
    how: 'How a first name with spaces around it comes back',
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
    how: 'How an id of 15 characters comes back from a lookup',
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
      const seen = await fate(api, `LastName\n${nameOf(api, 'Long').padEnd(81, 'x')}\n`);
      return decide(seen, {
        english: seen.includes(' data value too large: '),
        german: seen.includes(' Datenwert zu groß: '),
      });
    },
  },
} satisfies Record<string, Probe>;
