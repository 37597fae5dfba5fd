import * as z from 'zod/mini';
import type { Config } from '../config/config.ts';
import { isSameId } from '../csv/salesforce-id.ts';
import type { Client } from '../salesforce/session/client.ts';
import type { Checks } from './checks.ts';
import { readJson } from './read-json.ts';

const page = z.object({
  records: z.array(
    z.object({
      id: z.string(),
      object: z.string(),
      state: z.string(),
      createdById: z.string(),
      createdDate: z.string(),
    }),
  ),
  nextRecordsUrl: z.nullish(z.string().check(z.regex(/^\/services\/data\//))),
});

type Job = z.output<typeof page>['records'][number];

/** Whose jobs to look for. */
export interface JobsToCheck {
  readonly config: Config;
  /** The run-as user; null: unknown. */
  readonly userId: string | null;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Pages that are read, of a thousand jobs each: the list has all jobs of the past week. */
const maxPages = 10;

/** No invocation is longer, so an older open job is nobody's. In milliseconds. */
const longestFlushMs = 15 * 60_000;

const maxNamed = 5;

const ageMs = ({ createdDate }: Job, now: number): number => now - Date.parse(createdDate);

/**
 * Names the jobs of the sink's object and user that were created and never closed: the reply to their
 * creation was lost. They have no rows and write nothing. Other sinks and clients may use the same
 * object and user.
 */
export async function checkOpenJobs(
  checks: Checks,
  client: Client,
  { config, userId, now }: JobsToCheck,
): Promise<void> {
  if (userId === null) return checks.markSkipped('the login does not name the user', 'open jobs');
  await checks.run('open jobs', async () => {
    const { jobs, isAll } = await listJobs(client, config);
    const open = jobs.filter(
      (job) =>
        job.state === 'Open' &&
        job.object.toLowerCase() === config.object.toLowerCase() &&
        isSameId(job.createdById, userId) &&
        ageMs(job, now) > longestFlushMs,
    );
    const among = isAll ? '' : `, among ${jobs.length} jobs`;
    if (open.length === 0) return { detail: `none is left open${among}`, value: true };
    const hours = Math.floor(Math.max(...open.map((job) => ageMs(job, now))) / 3_600_000);
    const ids = open.slice(0, maxNamed).map(({ id }) => id);
    const more = open.length > maxNamed ? ` and ${open.length - maxNamed} more` : '';
    return {
      detail: `${open.length} left open, the oldest for ${hours} h${among}: ${ids.join(', ')}${more}`,
      remedy: 'They write nothing. Abort them: Setup, Bulk Data Load Jobs.',
      value: true,
    };
  });
}

async function listJobs(
  client: Client,
  { apiVersion }: Config,
): Promise<{ readonly jobs: readonly Job[]; readonly isAll: boolean }> {
  const jobs: Job[] = [];
  let next: string | null = `/services/data/${apiVersion}/jobs/ingest?jobType=V2Ingest`;
  for (let pages = 0; next !== null && pages < maxPages; pages++) {
    const found: z.output<typeof page> = await readJson(client, next, page);
    jobs.push(...found.records);
    next = found.nextRecordsUrl ?? null;
  }
  return { jobs, isAll: next === null };
}
