import type { Api } from './api.ts';

/**
 * Removes what a run created: every record in the results of its jobs, then the jobs.
 * Throws Error naming records that could not be removed.
 */
export async function cleanUp(api: Api): Promise<void> {
  const created = new Map<string, string[]>();
  for (const id of api.made()) {
    const info = await end(api, id);
    if (!info || !['insert', 'upsert'].includes(String(info['operation']))) continue;
    const rows = (await api.saved(id)).filter((row) => row['sf__Created'] === 'true');
    const ids = rows.map((row) => row['sf__Id'] ?? '');
    const object = String(info['object']);
    created.set(object, [...(created.get(object) ?? []), ...ids]);
  }
  for (const [object, ids] of created) if (ids.length > 0) await remove(api, object, ids);
  for (const id of api.made()) await api.call('DELETE', `${api.jobs}/${id}`);
}

/** The info of the job after its end, by an abort if it is open; null: no such job. */
async function end(api: Api, id: string) {
  const { status, text } = await api.call('GET', `${api.jobs}/${id}`);
  if (status === 404) return null;
  if (JSON.parse(text).state === 'Open') await api.setState(id, 'Aborted');
  return api.ended(id);
}

async function remove(api: Api, object: string, ids: readonly string[]): Promise<void> {
  const csv = `Id\n${[...new Set(ids)].join('\n')}\n`;
  const { id } = await api.run(csv, { object, operation: 'delete' });
  const errors = await api.errors(id);
  // The suite has deleted some already.
  const left = errors.filter(
    (error) => !/^(ENTITY_IS_DELETED|INVALID_CROSS_REFERENCE_KEY):/.test(error),
  );
  if (left.length > 0) throw new Error(`${left.length} records of ${object} remain: ${left[0]}`);
}
