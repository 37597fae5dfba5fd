import { decide, type Probe } from '../probe.ts';
import { jobResult } from '../row.ts';
import { nameOf } from '../use-api.ts';

const FAILED = 'Failed InvalidBatch : ';

/** Questions about the content of a file, and the form of its results. */
export const fileProbes = {
  'empty-upload': {
    how: 'A job with a header and no row',
    ask: async (api) => {
      const seen = await jobResult(api, 'LastName\n');
      return decide(seen, {
        'fail-job': seen === `${FAILED}Records not found`,
        complete: seen === 'JobComplete',
      });
    },
  },
  'early-results': {
    how: 'The successful results of an open job',
    ask: async (api) => {
      const id = await api.open();
      const { status, text } = await api.call('GET', `${api.jobs}/${id}/successfulResults`);
      return decide(`${status} ${text}`, {
        refuse: status === 400 && text.includes('INVALIDJOBSTATE'),
        'so-far': status === 200,
      });
    },
  },
  'field-not-found-prefix': {
    how: 'The error message of a job with an unknown column',
    ask: async (api) => {
      const seen = await jobResult(api, `LastName,Colour__x\n${nameOf(api, 'Ada')},red\n`);
      return decide(seen, {
        single: seen === `${FAILED}Field name not found : Colour__x`,
        doubled: seen === `${FAILED}InvalidBatch : Field name not found : Colour__x`,
      });
    },
  },
  'header-case': {
    how: 'An insert with a column `lastname`',
    ask: async (api) => {
      const seen = await jobResult(api, `lastname\n${nameOf(api, 'Case')}\n`);
      return decide(seen, { 'any-case': seen === 'JobComplete', exact: seen.startsWith(FAILED) });
    },
  },
  'line-ending-check': {
    how: 'Jobs with LF, one with CRLF and one with LF inside a quoted value',
    ask: async (api) => {
      const file = (lineBreak: string) =>
        `LastName,Description\n${nameOf(api, 'Break')},"a${lineBreak}b"\n`;
      const [other, same] = [await jobResult(api, file('\r\n')), await jobResult(api, file('\n'))];
      const refused = (seen: string) => seen.startsWith('Failed ClientInputError : LineEnding');
      return decide(`CRLF: ${other}; LF: ${same}`, {
        'rows-only': other === 'JobComplete' && same === 'JobComplete',
        everywhere: refused(other) && same === 'JobComplete',
        'no-breaks-in-values': refused(other) && refused(same),
      });
    },
  },
  'ragged-row': {
    how: 'A row with a cell more than the header',
    ask: async (api) => {
      const info = await api.run(`LastName\n${nameOf(api, 'Ragged')},more\n`);
      const seen = `${info['state']}, ${info['numberRecordsFailed']} failed`;
      return decide(seen, {
        'fail-job': info['state'] === 'Failed',
        'row-error': info['numberRecordsFailed'] === 1,
      });
    },
  },
  'results-order': {
    how: 'The order of the results of 60 rows',
    ask: async (api) => {
      const names = Array.from({ length: 60 }, (_, row) => nameOf(api, `Order ${row}`));
      const saved = await api.saved((await api.run(`LastName\n${names.join('\n')}\n`)).id);
      const order = saved.map((row) => row['LastName']);
      return order.join() === names.join() ? 'as-uploaded' : 'shuffled';
    },
  },
  'results-delimiter': {
    how: 'The results of a job with semicolons',
    ask: async (api) => {
      const name = nameOf(api, 'Semicolon');
      const { id } = await api.run(`LastName;FirstName\n${name};Ada\n`, {
        columnDelimiter: 'SEMICOLON',
      });
      const text = await api.results(id, 'successfulResults');
      return decide(JSON.stringify(text), {
        'job-delimiter-and-lf': /^"sf__Id";"sf__Created";LastName;FirstName\n/.test(text),
        'comma-and-lf': /^"sf__Id","sf__Created",/.test(text) && !text.includes('\r'),
      });
    },
  },
  'unprocessed-end': {
    how: 'The last character of `unprocessedrecords` of a job that failed',
    ask: async (api) => {
      const { id } = await api.run('LastName,Colour__x\nAda,red\n');
      return (await api.results(id, 'unprocessedrecords')).endsWith('\n') ? 'with' : 'without';
    },
  },
} satisfies Record<string, Probe>;
