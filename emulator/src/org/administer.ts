import type { ObjectDescription } from '../object/description.ts';
import type { AccessChanges } from './access.ts';
import type { AllocationChanges, AllocationView } from './allocation.ts';
import type { OrgState } from './org-state.ts';

/** Used and maximal daily allocations; absent properties are not changed. */
export interface UsageChanges {
  readonly apiRequests?: AllocationChanges | undefined;
  readonly bulkBatches?: AllocationChanges | undefined;
}

/**
 * Adds or changes an object, from a describe result. Jobs keep the object that they were created
 * with.
 * @throws Error naming the invalid property.
 */
export function describeObject(source: unknown, org: OrgState): ObjectDescription {
  const object = org.objects.put(source);
  markChanged(org);
  return object;
}

/**
 * Changes the permissions of the user of the apps.
 * @throws Error for an unknown field, or one that every user can write.
 */
export function changeAccess(changes: AccessChanges, org: OrgState): Required<AccessChanges> {
  const access = org.access.put(changes);
  markChanged(org);
  return access;
}

/** Sets the used daily allocations, as if by other clients of the org. */
export function changeUsage(
  { apiRequests, bulkBatches }: UsageChanges,
  org: OrgState,
): { readonly apiRequests: AllocationView; readonly bulkBatches: AllocationView } {
  org.apiRequests.set(apiRequests ?? {});
  org.batches.set(bulkBatches ?? {});
  return { apiRequests: org.apiRequests.view(), bulkBatches: org.batches.view() };
}

/**
 * Marks describe results as changed. `Last-Modified` has whole seconds, so it grows by one at least.
 */
export function markChanged(org: OrgState): void {
  org.describedAt = Math.max(org.describedAt + 1000, Math.ceil(org.now() / 1000) * 1000);
}
