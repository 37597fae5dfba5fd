import type { Api } from '../api.ts';
import { nameOf } from '../use-api.ts';

/** Inserts one contact with further cells; its id. */
export async function contact(api: Api, columns = '', cells = ''): Promise<string> {
  const { id } = await api.run(`LastName${columns}\n${nameOf(api, 'Row')}${cells}\n`);
  const [row] = await api.saved(id);
  if (!row) throw new Error((await api.errors(id)).join());
  return row['sf__Id'] ?? '';
}

/** What became of the only row of a file: `saved`, or its `sf__Error`. */
export async function fate(api: Api, csv: string, job: object = {}): Promise<string> {
  const { id, state, errorMessage } = await api.run(csv, job);
  if (state !== 'JobComplete') return `${state} ${errorMessage}`;
  return (await api.errors(id))[0] ?? 'saved';
}

/** A field of a describe result. */
export type Field = Readonly<Record<string, unknown>> & { readonly name: string };

/** The fields of an object; none when the user may not see it. */
export async function fieldsOf(api: Api, object: string): Promise<Field[]> {
  const reply = await api.call('GET', `${api.base}/sobjects/${object}/describe`);
  return reply.status === 200 ? JSON.parse(reply.text).fields : [];
}
