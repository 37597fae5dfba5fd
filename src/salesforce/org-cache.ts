import type { ApiUsage } from './api-usage.ts';
import type { DescriptionCache } from './descriptions.ts';
import type { RecentJobs } from './recent-jobs.ts';

/** What a container caches of the org between flushes. */
export interface OrgCache {
  readonly recentJobs: RecentJobs;
  readonly descriptions: DescriptionCache;
  readonly usage: ApiUsage;
}
