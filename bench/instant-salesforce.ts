import type { HttpReply, HttpRequest, Send } from '../src/runtime/http/send.ts';
import { contactObject } from './contact-object.ts';

/** The error of a row that Salesforce rejects, by its line; null: the row is written. */
export type ErrorOfRow = (line: string) => string | null;

/** What becomes of the rows of a job: all of this many are written, or each as its line says. */
export type Outcome = number | ErrorOfRow;

interface Job {
  /** The counters of its state. */
  readonly numberRecordsProcessed: number;
  readonly numberRecordsFailed: number;
  /** The file of failed rows. */
  readonly failed: string;
}

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** The CSV in the body of a request, which may be multipart; null: there is none. */
function csvIn({ headers, body = '' }: HttpRequest): string | null {
  const type = headers['content-type'] ?? '';
  if (type.startsWith('text/csv')) return body;
  if (!type.startsWith('multipart/')) return null;
  const start = body.indexOf('\r\n\r\n', body.indexOf('Content-Type: text/csv')) + 4;
  return body.slice(start, body.lastIndexOf('\r\n--'));
}

/** The job of a CSV whose cells have no line breaks. */
function jobOf(csv: string, errorOf: ErrorOfRow): Job {
  const [header = '', ...lines] = csv.trimEnd().split('\n');
  const failed = lines.flatMap((line) => {
    const error = errorOf(line);
    return error === null ? [] : [`,${quoted(error)},${line}`];
  });
  return {
    numberRecordsProcessed: lines.length,
    numberRecordsFailed: failed.length,
    failed: [`sf__Id,sf__Error,${header}`, ...failed, ''].join('\n'),
  };
}

/** The state that a call leaves a job in. */
function stateAfter({ method, body = '' }: HttpRequest, csv: string | null): string {
  if (method === 'GET') return 'JobComplete';
  const isUploaded = body.includes('UploadComplete') || (method === 'POST' && csv !== null);
  return isUploaded ? 'UploadComplete' : 'Open';
}

/** Salesforce in the same process, which answers at once. */
export function instantSalesforce(outcome: Outcome): Send {
  const jobs = new Map<string, Job>();
  const written = typeof outcome === 'number' ? outcome : 0;
  const untouched: Job = { numberRecordsProcessed: written, numberRecordsFailed: 0, failed: '' };

  function job(request: HttpRequest, path: string): object {
    const csv = csvIn(request);
    const next = `750${String(jobs.size + 1).padStart(12, '0')}AAA`;
    const [, id = next] = /\/ingest\/(\w+)/.exec(path) ?? [];
    const known = jobs.get(id) ?? untouched;
    const current = csv === null || typeof outcome === 'number' ? known : jobOf(csv, outcome);
    jobs.set(id, current);
    const { failed: _, ...counters } = current;
    return { id, state: stateAfter(request, csv), ...counters };
  }

  function answer(request: HttpRequest): string {
    const { pathname } = new URL(request.url);
    const [, failedOf] = /\/ingest\/(\w+)\/failedResults/.exec(pathname) ?? [];
    if (failedOf !== undefined) return jobs.get(failedOf)?.failed ?? '';
    if (pathname.endsWith('/describe')) return JSON.stringify(contactObject);
    const login = { access_token: 'token', instance_url: 'https://a.my.salesforce.com' };
    return JSON.stringify(pathname.endsWith('/token') ? login : job(request, pathname));
  }

  return async (request): Promise<HttpReply> => {
    const reply = { status: 200, headers: {}, body: answer(request) };
    if (request.take === undefined) return reply;
    const body = async function* () {
      yield Buffer.from(reply.body);
    };
    await request.take({ ...reply, body: body() });
    return { ...reply, body: '' };
  };
}
