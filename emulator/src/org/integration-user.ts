import { findUser, type ObjectLibrary } from '../object/library.ts';
import type { RecordStore } from '../record/record-store.ts';

/** The user that every app runs as. */
export const INTEGRATION_USER = {
  Username: 'integration@local.example',
  Email: 'integration@local.example',
  LastName: 'User',
  FirstName: 'Integration',
  Alias: 'integ',
  IsActive: true,
} as const;

/** Adds the user that every app runs as, so that it can own records. */
export function addIntegrationUser(
  userId: string,
  objects: ObjectLibrary,
  records: RecordStore,
): void {
  records.put(findUser(objects), { Id: userId, ...INTEGRATION_USER, IsDeleted: false });
}
