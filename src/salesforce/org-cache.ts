import type { ApiUsage } from './api-usage.ts';
import type { DescriptionCache } from './descriptions.ts';
import type { JobDurations } from './job/durations.ts';

/** What a container caches of the org between flushes. */
export interface OrgCache {
  readonly durations: JobDurations;
  readonly descriptions: DescriptionCache;
  readonly usage: ApiUsage;
}
