import type { Api } from '../api.ts';
import { explain } from '../session.ts';
import { nameOf } from '../use-api.ts';
import { decide, type Probe } from './probe.ts';

/** A file whose job fails, so that no row of it is ever written. */
const NO_ROWS = 'Colour__x\nred\n';

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
  api.remember(reply);
  return reply;
}

async function aborted(api: Api): Promise<string> {
  const id = await api.open();
  await api.setState(id, 'Aborted');
  return id;
}

/** Questions about the calls that make, fill, close and delete jobs. */
export const jobProbes = {
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
  'second-upload': {
    how: 'Two PUTs to one job, then its close',
    ask: async (api) => {
      const id = await api.open();
      await api.put(id, NO_ROWS);
      const put = explain(await api.put(id, NO_ROWS));
      const close = explain(await api.setState(id, 'UploadComplete'));
      const refusal = '400 INVALIDJOB: Found multipe contents';
      return decide(`PUT ${put}, PATCH ${close}`, {
        put: put.startsWith(refusal),
        close: put === '201' && close.startsWith(refusal),
      });
    },
  },
  'upload-to-closed-job': {
    how: 'A PUT to an aborted job',
    ask: async (api) => {
      const seen = explain(await api.put(await aborted(api), NO_ROWS));
      return decide(seen, { 'invalid-job-state': seen.startsWith('400 INVALIDJOBSTATE:') });
    },
  },
  'close-without-upload': {
    how: '`UploadComplete` for a job that never got data',
    ask: async (api) => {
      const id = await api.open();
      const seen = explain(await api.setState(id, 'UploadComplete'));
      if (seen !== '200') {
        return decide(seen, { refuse: seen.startsWith('400 INVALIDJOBSTATE:') });
      }
      const { state } = await api.ended(id);
      return decide(String(state), { 'fail-job': state === 'Failed' });
    },
  },
  'wrong-state-wording': {
    how: 'The close of an aborted job',
    ask: async (api) => {
      const seen = explain(await api.setState(await aborted(api), 'UploadComplete'));
      return decide(seen, {
        'by-pattern': seen === '400 INVALIDJOBSTATE: Closing already Aborted Job not allowed',
      });
    },
  },
  'delete-refusal': {
    how: 'DELETE of an open job',
    ask: async (api) => {
      const seen = explain(await api.call('DELETE', `${api.jobs}/${await api.open()}`));
      const text = 'Error encountered when deleting the job because the job is not terminated';
      return decide(seen, { 'api-error': seen === `400 API_ERROR: ${text}` });
    },
  },
  'job-list': {
    how: 'The list of all jobs, page by page, after two jobs were made',
    ask: async (api) => {
      const made = [await api.open(), await api.open()];
      const dates: string[] = [];
      const order: string[] = [];
      let next: string | null | undefined = api.jobs;
      while (typeof next === 'string') {
        const page = JSON.parse((await api.call('GET', next)).text);
        for (const job of page.records) dates.push(job.createdDate);
        order.push(...page.records.map(({ id }: { id: string }) => id));
        next = page.nextRecordsUrl;
      }
      const oldestFirst = dates.toSorted().join() === dates.join();
      const inOrder = made.join() === order.filter((id) => made.includes(id)).join();
      const seen = `${oldestFirst && inOrder ? 'oldest first' : 'another order'}, at the end ${next}`;
      return decide(seen, { 'oldest-first-and-null': seen === 'oldest first, at the end null' });
    },
  },
  'job-property-errors': {
    how: 'A job with a property that there is not',
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
  'content-types': {
    how: 'A PUT as `text/plain`, a POST as `application/xml`',
    ask: async (api) => {
      const id = await api.open();
      const put = await api.call('PUT', `${api.jobs}/${id}/batches`, {
        headers: { 'content-type': 'text/plain' },
        body: NO_ROWS,
      });
      const post = await createWithData(api, {
        headers: { 'content-type': 'application/xml' },
        body: '<jobInfo/>',
      });
      const seen = `PUT ${explain(put)}, POST ${explain(post)}`;
      return decide(seen, { 'documented-only': put.status === 415 && post.status === 415 });
    },
  },
  'compressed-requests': {
    how: 'A PUT with `Content-Encoding: gzip`, and what the job makes of it',
    ask: async (api) => {
      const id = await api.open();
      const csv = new Blob([`LastName\n${nameOf(api, 'Gzip')}\n`]);
      const stream = csv.stream().pipeThrough(new CompressionStream('gzip'));
      const put = await api.call('PUT', `${api.jobs}/${id}/batches`, {
        headers: { 'content-type': 'text/csv', 'content-encoding': 'gzip' },
        body: await new Response(stream).arrayBuffer(),
      });
      if (put.status !== 201) return decide(explain(put), { refuse: put.status === 415 });
      await api.setState(id, 'UploadComplete');
      const { state, errorMessage } = await api.ended(id);
      return decide(`${state} ${errorMessage}`, { accept: state === 'JobComplete' });
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
} satisfies Record<string, Probe>;
