/** The public API: start an emulator, and the types and constants that its methods take. */
export type { Choice } from './choice/choice.ts';
export { CHOICES, type ChoiceName, type Choices } from './choices.ts';
export { type Emulator, type EmulatorOptions, startEmulator } from './emulator.ts';
export type { CallName, Fault } from './fault/fault.ts';
export type { JobView } from './job/job-view.ts';
export { PACES, type Pace } from './job/pace.ts';
export type { AccessChanges } from './org/access.ts';
export type { UsageChanges } from './org/administer.ts';
export type { AppChanges } from './org/app.ts';
export type { AssignmentRule } from './org/org-state.ts';
export type { RequestView } from './org/request-log.ts';
export { withSuffix } from './org/salesforce-id.ts';
export type { FieldValue, StoredRecord } from './record/record-store.ts';
export { javaDouble } from './row/number-cell.ts';
