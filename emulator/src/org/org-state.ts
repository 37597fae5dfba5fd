import type { Choices } from '../choices.ts';
import type { FaultList } from '../fault/fault-list.ts';
import type { JobStore } from '../job/job-store.ts';
import type { Pace } from '../job/pace.ts';
import type { ObjectLibrary } from '../object/library.ts';
import type { RecordStore } from '../record/record-store.ts';
import type { Access } from './access.ts';
import type { Allocation } from './allocation.ts';
import type { Apps } from './app.ts';
import type { QueryCursors } from './query-cursors.ts';
import type { RequestLog } from './request-log.ts';
import type { IdSource } from './salesforce-id.ts';
import type { Sessions } from './sessions.ts';

/** A rule that gives every lead or case to one owner. */
export interface AssignmentRule {
  readonly object: 'Case' | 'Lead';
  /** Id of a user or a queue. */
  readonly ownerId: string;
}

/** The state of an org that calls and jobs read and change. */
export interface OrgState {
  readonly now: () => number;
  readonly seed: number;
  readonly shuffle: <T>(items: readonly T[]) => T[];
  readonly choices: Choices;
  readonly apps: Apps;
  readonly organizationId: string;
  readonly userId: string;
  readonly ids: IdSource;
  readonly objects: ObjectLibrary;
  readonly access: Access;
  /** By id. */
  readonly assignmentRules: Map<string, AssignmentRule>;
  readonly sessions: Sessions;
  readonly requests: RequestLog;
  readonly apiRequests: Allocation;
  readonly batches: Allocation;
  readonly records: RecordStore;
  readonly jobs: JobStore;
  readonly queries: QueryCursors;
  readonly faults: FaultList;
  pace: Pace;
  /** When describe results last changed, epoch ms. */
  describedAt: number;
}
