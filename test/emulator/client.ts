import type { Emulator } from 'salesforce-bulk-emulator';

/** A reply as a client receives it. */
export interface Seen {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** A minimal client of the emulator: fetch and a token. */
export interface Client {
  readonly token: string;
  call(method: string, path: string, init?: RequestInit): Promise<Seen>;
  json(method: string, path: string, body: unknown): Promise<Seen>;
  /** Creates a job, uploads its data and closes it; its id. */
  load(csv: string, job?: Record<string, unknown>): Promise<string>;
  /** Waits until the job has ended; its info. */
  ended(id: string): Promise<Record<string, unknown>>;
  /** Loads and waits. */
  run(csv: string, job?: Record<string, unknown>): Promise<Record<string, unknown>>;
  results(id: string, kind: string): Promise<string>;
}

export const API = '/services/data/v65.0';
export const JOBS = `${API}/jobs/ingest`;

/** Logs in. */
export async function connect(emulator: Emulator): Promise<Client> {
  const token = await login(emulator.url);
  const call = async (method: string, path: string, init: RequestInit = {}): Promise<Seen> => {
    const response = await fetch(emulator.url + path, {
      ...init,
      method,
      // To compress a reply takes longer than to make it.
      headers: {
        'accept-encoding': 'identity',
        authorization: `Bearer ${token}`,
        ...(init.headers as Record<string, string>),
      },
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  const json = (method: string, path: string, body: unknown) =>
    call(method, path, {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const load = async (csv: string, job: Record<string, unknown> = {}): Promise<string> => {
    const created = await json('POST', JOBS, { object: 'Contact', operation: 'insert', ...job });
    if (created.status !== 200) throw new Error(created.text);
    const { id } = JSON.parse(created.text) as { id: string };
    const put = await call('PUT', `${JOBS}/${id}/batches`, {
      headers: { 'content-type': 'text/csv' },
      body: csv,
    });
    if (put.status !== 201) throw new Error(put.text);
    const closed = await json('PATCH', `${JOBS}/${id}`, { state: 'UploadComplete' });
    if (closed.status !== 200) throw new Error(closed.text);
    return id;
  };
  const ended = async (id: string): Promise<Record<string, unknown>> => {
    for (;;) {
      const info = JSON.parse((await call('GET', `${JOBS}/${id}`)).text) as Record<string, unknown>;
      if (['JobComplete', 'Failed', 'Aborted'].includes(String(info['state']))) return info;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  };
  return {
    token,
    call,
    json,
    load,
    ended,
    run: async (csv, job) => ended(await load(csv, job)),
    results: async (id, kind) => (await call('GET', `${JOBS}/${id}/${kind}`)).text,
  };
}

/** A token of `local-client`. */
export async function login(url: string): Promise<string> {
  const response = await fetch(`${url}/services/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: 'local-client',
      client_secret: 'local-secret',
    }),
  });
  return ((await response.json()) as { access_token: string }).access_token;
}
