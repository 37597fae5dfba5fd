import type { Api } from '../api.ts';
import { decide, type Probe } from '../probe.ts';
import { fieldsOf, NO_ROWS, rowResult } from '../row.ts';
import { explain } from '../session.ts';
import { nameOf } from '../use-api.ts';

/** A multipart body with the given line break between its parts. */
function multipart(lineBreak: string, csv: string): RequestInit {
  const part = (type: string, name: string, body: string) => [
    '--CONTRACT',
    `Content-Type: ${type}`,
    `Content-Disposition: form-data; name="${name}"`,
    '',
    body,
  ];
  const job = JSON.stringify({ object: 'Contact', operation: 'insert' });
  const lines = [
    ...part('application/json', 'job', job),
    ...part('text/csv', 'content', csv),
    '--CONTRACT--',
    '',
  ];
  return {
    headers: { 'content-type': 'multipart/form-data; boundary=CONTRACT' },
    body: lines.join(lineBreak),
  };
}

async function createWithData(api: Api, init: RequestInit) {
  const reply = await api.call('POST', api.jobs, init);
  api.record(reply);
  return reply;
}

/** Questions about the call that creates a job. */
export const createProbes = {
  'multipart-over-limit': {
    how: 'A multipart job with 100,010 characters under an unknown column',
    ask: async (api) => {
      const csv = `Colour__x\n${'x'.repeat(100_000)}`;
      const reply = await createWithData(api, multipart('\r\n', csv));
      const seen = explain(reply);
      return decide(seen, {
        'client-input-error': seen.startsWith('400 CLIENTINPUTERROR:'),
        accept: reply.status === 200,
      });
    },
  },
  'multipart-framing': {
    how: 'A multipart job with bare LF between its parts',
    ask: async (api) => {
      const reply = await createWithData(api, multipart('\n', NO_ROWS));
      const { status } = reply;
      return decide(explain(reply), { 'crlf-and-lf': status === 200, crlf: status === 400 });
    },
  },
  'job-property-errors': {
    how: 'A job with an unknown property',
    ask: async (api) => {
      const seen = explain(
        await api.create({ object: 'Contact', operation: 'insert', colour: 'red' }),
      );
      return decide(seen, {
        refuse: /^400 (JSON_PARSER_ERROR|API_ERROR):/.test(seen),
        'ignore-unknown': seen === '200',
      });
    },
  },
  'hard-delete-permission': {
    how: 'The creation of a `hardDelete` job, which is then aborted',
    ask: async (api) => {
      const seen = explain(await api.create({ object: 'Contact', operation: 'hardDelete' }));
      return decide(seen, {
        granted: seen === '200',
        missing: seen.startsWith('400 FEATURENOTENABLED: FeatureNotEnabled : '),
      });
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
      const seen = await rowResult(api, csv, job);
      return decide(seen, { 'no-effect': seen === 'saved' });
    },
  },
} satisfies Record<string, Probe>;
