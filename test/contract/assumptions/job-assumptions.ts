import type { Api } from '../api.ts';
import { decide } from '../probe.ts';
import { NO_ROWS } from '../row.ts';
import { explain } from '../session.ts';
import type { Assumption } from './assumption.ts';

async function aborted(api: Api): Promise<string> {
  const id = await api.open();
  await api.setState(id, 'Aborted');
  return id;
}

/** The calls that fill, close, list and delete jobs. */
export const jobAssumptions = {
  'upload-to-closed-job': {
    does: 'A PUT to a job that is not open is 400 `INVALIDJOBSTATE`, like the other calls in the wrong state',
    expected: 'invalid-job-state',
    how: 'A PUT to an aborted job',
    ask: async (api) => {
      const seen = explain(await api.put(await aborted(api), NO_ROWS));
      return decide(seen, { 'invalid-job-state': seen.startsWith('400 INVALIDJOBSTATE:') });
    },
  },
  'wrong-state-wording': {
    does: 'A close or abort in the wrong state is worded by the pattern of the recorded `Aborting already Completed Job not allowed`, such as `Closing already Aborted Job not allowed`',
    expected: 'by-pattern',
    how: 'The close of an aborted job',
    ask: async (api) => {
      const seen = explain(await api.setState(await aborted(api), 'UploadComplete'));
      return decide(seen, {
        'by-pattern': seen === '400 INVALIDJOBSTATE: Closing already Aborted Job not allowed',
      });
    },
  },
  'delete-refusal': {
    does: 'DELETE of a job that is open or in progress is 400 `API_ERROR`, with the text documented for query jobs',
    expected: 'api-error',
    how: 'DELETE of an open job',
    ask: async (api) => {
      const seen = explain(await api.call('DELETE', `${api.jobs}/${await api.open()}`));
      const text = 'Error encountered when deleting the job because the job is not terminated';
      return decide(seen, { 'api-error': seen === `400 API_ERROR: ${text}` });
    },
  },
  'job-list': {
    does: 'The list of jobs is ordered oldest first; `nextRecordsUrl` is null on the last page',
    expected: 'oldest-first-and-null',
    how: 'The list of all jobs, page by page, after two jobs were created',
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
} satisfies Record<string, Assumption>;
