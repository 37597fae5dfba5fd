import type { ObjectDescription } from '../object/description.ts';
import type { AccessChanges } from './access.ts';
import type { AllocationChanges, AllocationView } from './allocation.ts';
import type { OrgState } from './org.ts';

/** How much of the daily allocations is used, and of how much; what is left out stays. */
export interface UsageChanges {
  readonly apiRequests?: AllocationChanges | undefined;
  readonly bulkBatches?: AllocationChanges | undefined;
}

/**
 * Adds an object to the org or changes one, from a describe result. Jobs that have begun keep what
 * they began with.
 * @throws Error naming what does not fit.
 */
export function describeObject(source: unknown, org: OrgState): ObjectDescription {
  const object = org.objects.put(source);
  markChanged(org);
  return object;
}

/**
 * Changes what the user that the apps run as may do.
 * @throws Error for a field that there is not, or that every user has.
 */
export function changeAccess(changes: AccessChanges, org: OrgState): Required<AccessChanges> {
  const access = org.access.put(changes);
  markChanged(org);
  return access;
}

/** Makes allocations look used, as by the other clients of the org. */
export function changeUsage(
  { apiRequests, bulkBatches }: UsageChanges,
  org: OrgState,
): { readonly apiRequests: AllocationView; readonly bulkBatches: AllocationView } {
  org.apiRequests.set(apiRequests ?? {});
  org.batches.set(bulkBatches ?? {});
  return { apiRequests: org.apiRequests.view(), bulkBatches: org.batches.view() };
}

/**
 * Describe results are others from now on. `Last-Modified` counts whole seconds, so that it must
 * move on by one at least.
 */
export function markChanged(org: OrgState): void {
  org.describedAt = Math.max(org.describedAt + 1000, Math.ceil(org.now() / 1000) * 1000);
}
