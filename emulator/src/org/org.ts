import { type Choices, makeChoices } from '../choices.ts';
import { FaultList } from '../fault/fault-list.ts';
import { JobRunner } from '../job/job-runner.ts';
import { JobStore } from '../job/job-store.ts';
import { PACES, type Pace } from '../job/pace.ts';
import { readObjects, standardObjects } from '../object/library.ts';
import { RecordStore } from '../record/record-store.ts';
import { Access } from './access.ts';
import { markChanged } from './administer.ts';
import { Allocation } from './allocation.ts';
import { Apps } from './app.ts';
import { addIntegrationUser } from './integration-user.ts';
import type { OrgState } from './org-state.ts';
import { QueryCursors } from './query-cursors.ts';
import { RequestLog } from './request-log.ts';
import { countIds } from './salesforce-id.ts';
import { seededRandom, shuffle } from './seeded-random.ts';
import { Sessions } from './sessions.ts';

/** Options of an org; each has a default. */
export interface OrgOptions {
  /** Default: `PACES.fast`. */
  readonly pace?: Partial<Pace>;
  /** Seed of every order that is undefined in an org. Default 1. */
  readonly seed?: number;
  /** Milliseconds from the last use of a token to its expiry. Default two hours, as in a new org. */
  readonly tokenLifetimeMs?: number;
  /** API calls in 24 hours. Default 100,000. */
  readonly apiLimit?: number;
  /** Bulk batches in 24 hours. Default 15,000. */
  readonly batchLimit?: number;
  /** A folder of further describe results; they replace those of the same name. */
  readonly objectsDir?: string;
  /** Options of choices that are not the default. */
  readonly choices?: Partial<Choices>;
  /** Epoch ms. Default: the clock of the machine. */
  readonly now?: () => number;
}

/** An org that processes its jobs. */
export interface Org extends OrgState {
  readonly runner: JobRunner;
}

/** An empty org. */
export function makeOrg(options: OrgOptions = {}): Org {
  const now = options.now ?? Date.now;
  const seed = options.seed ?? 1;
  const random = seededRandom(seed);
  // Microseconds: ids differ from those of every earlier run.
  const ids = countIds(now() * 1000);
  const user = { organizationId: ids('00D'), userId: ids('005') };
  const choices = makeChoices(options.choices);
  const objects = readObjects([
    standardObjects,
    ...(options.objectsDir ? [options.objectsDir] : []),
  ]);
  const hardDelete = choices['hard-delete-permission'] === 'granted';
  const state: OrgState = {
    now,
    seed,
    shuffle: <T>(items: readonly T[]) => shuffle(items, random),
    choices,
    apps: new Apps(),
    ...user,
    ids,
    objects,
    assignmentRules: new Map(),
    access: new Access({ objects, hardDelete }),
    sessions: makeSessions({ ...options, now }, user, choices),
    requests: new RequestLog(),
    apiRequests: new Allocation(options.apiLimit ?? 100_000, now),
    batches: new Allocation(options.batchLimit ?? 15_000, now),
    records: new RecordStore(choices),
    jobs: new JobStore(),
    queries: new QueryCursors(ids, now),
    faults: new FaultList(),
    pace: { ...PACES.fast, ...options.pace },
    describedAt: now(),
  };
  addIntegrationUser(user.userId, objects, state.records);
  return Object.assign(state, { runner: new JobRunner(state) });
}

function makeSessions(
  options: OrgOptions & { readonly now: () => number },
  user: Pick<OrgState, 'organizationId' | 'userId'>,
  choices: Choices,
): Sessions {
  return new Sessions({
    now: options.now,
    lifetimeMs: options.tokenLifetimeMs ?? 2 * 60 * 60 * 1000,
    ...user,
    repeatedLogin: choices['repeated-login'],
  });
}

/**
 * Deletes records, jobs, faults and requests, and restores the allocations, apps, objects and
 * permissions of a new org. Sessions stay valid.
 */
export function emptyOrg(org: Org): void {
  org.runner.clear();
  org.records.clear();
  org.jobs.clear();
  org.queries.clear();
  org.faults.clear();
  org.requests.clear();
  org.apps.reset();
  org.objects.reset();
  org.access.reset();
  org.assignmentRules.clear();
  markChanged(org);
  addIntegrationUser(org.userId, org.objects, org.records);
  org.apiRequests.reset();
  org.batches.reset();
}
