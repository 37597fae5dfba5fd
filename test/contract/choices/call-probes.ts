import { decide, type Probe } from '../probe.ts';
import { explain, requestToken } from '../session.ts';
import { nameOf } from '../use-api.ts';

/** Questions about logging in and sending bodies. */
export const callProbes = {
  'repeated-login': {
    how: 'Two logins, one after the other',
    ask: async ({ target }) => {
      const tokens = [await requestToken(target), await requestToken(target)];
      const [first, second] = tokens.map(({ text }) => JSON.parse(text).access_token);
      return first === second ? 'same-token' : 'new-token';
    },
  },
  'compressed-requests': {
    how: 'A PUT with `Content-Encoding: gzip`, and the end of the job',
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
