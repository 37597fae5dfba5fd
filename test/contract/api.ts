import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'csv-parse/sync';
import { good, logIn, type Reply, type Session } from './session.ts';
import type { Target } from './target.ts';

/** A row of a results file by column. */
export type ResultRow = Readonly<Record<string, string>>;

/** The info of a job. */
export type JobInfo = Readonly<Record<string, unknown>> & { readonly id: string };

/** Bulk API 2.0 call by call; the created jobs are recorded. */
export interface Api extends Session {
  /** `/services/data/vXX.X/jobs/ingest`. */
  readonly jobs: string;
  /** `POST /jobs/ingest`; the job is recorded if one was created. */
  create(job: object): Promise<Reply>;
  /** Remembers a job that another call created. */
  record(reply: Reply): void;
  /** Ids of the recorded jobs. */
  made(): readonly string[];
  /** Creates a job, by default an insert of contacts; its id. */
  open(job?: object): Promise<string>;
  put(id: string, csv: string): Promise<Reply>;
  setState(id: string, state: string): Promise<Reply>;
  /** Waits for the end of a job; its info. */
  ended(id: string): Promise<JobInfo>;
  /** Creates, fills and closes a job and waits for its end; its info. */
  run(csv: string, job?: object): Promise<JobInfo>;
  results(id: string, kind: string): Promise<string>;
  saved(id: string): Promise<ResultRow[]>;
  failed(id: string): Promise<ResultRow[]>;
  /** `sf__Error` of the failed rows, sorted. */
  errors(id: string): Promise<string[]>;
  /** The fields of a record. */
  read(object: string, id: string): Promise<Record<string, unknown>>;
}

const CONTACTS = { object: 'Contact', operation: 'insert' };
const ENDED = ['JobComplete', 'Failed', 'Aborted'];

/**
 * Logs in.
 * Throws Error when the login fails.
 */
export async function connect(target: Target): Promise<Api> {
  const session = await logIn(target);
  const { call, json, base } = session;
  const jobs = `${base}/jobs/ingest`;
  const made: string[] = [];
  const api: Api = {
    ...session,
    jobs,
    create: async (job) => {
      const reply = await json('POST', jobs, job);
      api.record(reply);
      return reply;
    },
    record: (reply) => {
      if (reply.status === 200) made.push(JSON.parse(reply.text).id);
    },
    made: () => made,
    open: async (job) => JSON.parse(good(await api.create({ ...CONTACTS, ...job })).text).id,
    put: (id, csv) =>
      call('PUT', `${jobs}/${id}/batches`, { headers: { 'content-type': 'text/csv' }, body: csv }),
    setState: (id, state) => json('PATCH', `${jobs}/${id}`, { state }),
    ended: async (id) => {
      for (;;) {
        const info = JSON.parse(good(await call('GET', `${jobs}/${id}`)).text);
        if (ENDED.includes(info.state)) return info;
        await sleep(target.kind === 'org' ? 1_000 : 2);
      }
    },
    run: async (csv, job) => {
      const id = await api.open(job);
      good(await api.put(id, csv));
      good(await api.setState(id, 'UploadComplete'));
      return api.ended(id);
    },
    results: async (id, kind) => good(await call('GET', `${jobs}/${id}/${kind}`)).text,
    saved: async (id) => readRows(await api.results(id, 'successfulResults')),
    failed: async (id) => readRows(await api.results(id, 'failedResults')),
    errors: async (id) => (await api.failed(id)).map((row) => row['sf__Error'] ?? '').toSorted(),
    read: async (object, id) =>
      JSON.parse(good(await call('GET', `${base}/sobjects/${object}/${id}`)).text),
  };
  return api;
}

/**
 * Rows of a results file; what follows the first name is its delimiter. A file without rows may
 * have no header (choice `empty-results`).
 */
function readRows(csv: string): ResultRow[] {
  if (csv === '') return [];
  const delimiter = csv.charAt('"sf__Id"'.length);
  return parse(csv, { columns: true, delimiter, relax_column_count: true });
}
