import { parse } from 'csv-parse/sync';
import type { Target } from './target.ts';

/** A reply as it came. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** A row of a results file by column. */
export type ResultRow = Readonly<Record<string, string>>;

/** The info of a job. */
export type JobInfo = Readonly<Record<string, unknown>> & { readonly id: string };

/** Plain HTTP to an org, and a memory of the jobs that were made with it. */
export interface Api {
  readonly target: Target;
  readonly token: string;
  /** `/services/data/vXX.X`. */
  readonly base: string;
  /** `/services/data/vXX.X/jobs/ingest`. */
  readonly jobs: string;
  call(method: string, path: string, init?: RequestInit): Promise<Reply>;
  json(method: string, path: string, body: unknown): Promise<Reply>;
  /** `POST /jobs/ingest`; the job is remembered if one was made. */
  create(job: object): Promise<Reply>;
  /** A job that is open; its id. */
  open(job?: object): Promise<string>;
  put(id: string, csv: string): Promise<Reply>;
  setState(id: string, state: string): Promise<Reply>;
  /** Makes, fills and closes a job and waits for its end; its info. */
  run(csv: string, job?: object): Promise<JobInfo>;
  ended(id: string): Promise<JobInfo>;
  results(id: string, kind: string): Promise<string>;
  /** `sf__Error` of the failed rows, sorted. */
  errors(id: string): Promise<string[]>;
  saved(id: string): Promise<ResultRow[]>;
  /** The fields of a record of a run. */
  read(object: string, id: string): Promise<Record<string, unknown>>;
  /** Remembers a job that was made by another call. */
  remember(reply: Reply): void;
  /** Ids of the remembered jobs. */
  made(): readonly string[];
}

const CONTACTS = { object: 'Contact', operation: 'insert' };

/** Logs in. */
export async function connect(target: Target): Promise<Api> {
  const login = await requestToken(target);
  const { access_token: token, instance_url: instance } = JSON.parse(login.text);
  if (typeof token !== 'string') throw new Error(`Login failed: ${login.text}`);
  const base = `/services/data/${target.version}`;
  const jobs = `${base}/jobs/ingest`;
  const made: string[] = [];
  const call = (method: string, path: string, init: RequestInit = {}) =>
    send(instance + path, {
      ...init,
      method,
      headers: { authorization: `Bearer ${token}`, ...(init.headers as Record<string, string>) },
    });
  const json = (method: string, path: string, body: unknown) =>
    call(method, path, {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const remember = (reply: Reply) => {
    if (reply.status === 200) made.push(JSON.parse(reply.text).id);
  };
  const api: Api = {
    target,
    token,
    base,
    jobs,
    call,
    json,
    remember,
    made: () => made,
    create: async (job) => {
      const reply = await json('POST', jobs, job);
      remember(reply);
      return reply;
    },
    open: async (job = {}) => {
      const reply = await api.create({ ...CONTACTS, ...job });
      return JSON.parse(good(reply).text).id;
    },
    put: (id, csv) =>
      call('PUT', `${jobs}/${id}/batches`, { headers: { 'content-type': 'text/csv' }, body: csv }),
    setState: (id, state) => json('PATCH', `${jobs}/${id}`, { state }),
    run: async (csv, job) => {
      const id = await api.open(job);
      good(await api.put(id, csv));
      good(await api.setState(id, 'UploadComplete'));
      return api.ended(id);
    },
    ended: async (id) => {
      for (;;) {
        const info = JSON.parse(good(await call('GET', `${jobs}/${id}`)).text);
        if (['JobComplete', 'Failed', 'Aborted'].includes(info.state)) return info;
        await new Promise((resolve) => setTimeout(resolve, target.kind === 'org' ? 1_000 : 2));
      }
    },
    results: async (id, kind) => good(await call('GET', `${jobs}/${id}/${kind}`)).text,
    errors: async (id) => {
      const rows = readRows(await api.results(id, 'failedResults'));
      return rows.map((row) => row['sf__Error'] ?? '').toSorted();
    },
    saved: async (id) => readRows(await api.results(id, 'successfulResults')),
    read: async (object, id) =>
      JSON.parse(good(await call('GET', `${base}/sobjects/${object}/${id}`)).text),
  };
  return api;
}

/** `POST /services/oauth2/token`; the fields given take the place of those that are right. */
export function requestToken(target: Target, fields: object = {}): Promise<Reply> {
  const form = {
    grant_type: 'client_credentials',
    client_id: target.clientId,
    client_secret: target.clientSecret,
    ...fields,
  };
  return send(`${target.url}/services/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
  });
}

/** One request. */
export async function send(url: string, init: RequestInit): Promise<Reply> {
  const response = await fetch(url, init);
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** `errorCode` and message of an error reply, as `400 INVALIDJOB: …`; of any other its status. */
export function explain({ status, text }: Reply): string {
  if (!text.startsWith('[')) return String(status);
  const { errorCode, message } = JSON.parse(text)[0];
  return `${status} ${errorCode}: ${message}`;
}

/** Rows of a results file; what follows the first name is its delimiter. */
export function readRows(csv: string): ResultRow[] {
  const delimiter = csv.charAt('"sf__Id"'.length);
  return parse(csv, { columns: true, delimiter, relax_column_count: true });
}

function good(reply: Reply): Reply {
  if (reply.status < 300) return reply;
  throw new Error(explain(reply));
}
