import type { Api } from './api.ts';
import { good, type Reply } from './session.ts';
import { nameOf } from './use-api.ts';

/** `GET /query`. */
export function query(api: Api, soql: string, init?: RequestInit): Promise<Reply> {
  return api.call('GET', `${api.base}/query?${new URLSearchParams({ q: soql })}`, init);
}

/** The records of a query that is not refused. */
export async function records(api: Api, soql: string): Promise<Record<string, unknown>[]> {
  return JSON.parse(good(await query(api, soql)).text).records;
}

/** Inserts one contact with each first name and one last name; the last name, and their ids. */
export async function contacts(api: Api, firstNames: readonly string[]) {
  const lastName = nameOf(api, `Query ${Math.random().toString(36).slice(2, 8)}`);
  const rows = firstNames.map((name) => `${lastName},${name}\n`).join('');
  const { id } = await api.run(`LastName,FirstName\n${rows}`);
  const ids = (await api.saved(id)).map((row) => row['sf__Id'] ?? '');
  if (ids.length < firstNames.length) throw new Error((await api.errors(id)).join());
  return { lastName, ids };
}
