import { decide, type Probe } from '../probe.ts';
import { NO_ROWS } from '../row.ts';
import { explain } from '../session.ts';

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
  'close-without-upload': {
    how: '`UploadComplete` for a job without data',
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
} satisfies Record<string, Probe>;
