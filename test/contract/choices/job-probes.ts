import type { Api } from '../api.ts';
import { explain } from '../session.ts';
import { nameOf } from '../use-api.ts';
import { decide, type Probe } from './probe.ts';

/** A file whose job fails, so that no row of it is ever written. */
const NO_ROWS = 'Colour__x\nred\n';

async function aborted(api: Api): Promise<string> {
  const id = await api.open();
  await api.setState(id, 'Aborted');
  return id;
}

/** Questions about the calls that fill, close, list and delete jobs. */
export const jobProbes = {
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
} satisfies Record<string, Probe>;
