import { byRow, deletes, placeOf, removes } from './meaning.ts';
import { vanishes } from './promise.ts';
import type { GivenRecord, Scenario } from './scenario.ts';

/** Why a good record may be errant all the same. Narrow on purpose: what is not here is a fault. */
type Allowance = (record: GivenRecord, all: Standing) => boolean;

/** Where a record stands. */
interface Standing {
  readonly scenario: Scenario;
  /** The records of its row before it and after it. */
  readonly older: readonly GivenRecord[];
  readonly newer: readonly GivenRecord[];
}

/** Jobs in which a record is sent in one invocation. */
const maxTries = 3;

/** Whether waits or time may be up before a record had its tries. */
const isShort = ({ settings, remainingMs, behaviours }: Scenario): boolean =>
  'POLL_MAX_STEPS' in settings || remainingMs < 100_000 || behaviours.length > 0;

/** How often a record's row is locked; rows of a delete are known by their id alone. */
function locksOf({ row, trouble }: GivenRecord, scenario: Scenario): number {
  const locked = scenario.records.filter(({ kind }) => kind === 'locked');
  const own = deletes(scenario) ? locked.filter((other) => other.row === row) : [{ trouble }];
  return own.reduce((sum, one) => sum + (one.trouble?.times ?? maxTries), 0);
}

/** Whether a locked record may have no try left; a job that fails or loses its rows uses up one. */
function mayStayLocked(record: GivenRecord, scenario: Scenario): boolean {
  if (record.kind !== 'locked') return false;
  const faults = scenario.deliveries.flatMap(({ orgFaults }) => orgFaults);
  const lost = faults.filter((fault) => 'job' in fault).length;
  return isShort(scenario) || locksOf(record, scenario) + lost >= maxTries;
}

/** Whether the row was left behind: a later record of its key was on its way (WRITING.md, "Order"). */
const isLeftBehind = ({ kind }: GivenRecord, { scenario, newer }: Standing): boolean =>
  kind === 'locked' && scenario.promised === 'job ledger' && newer.length > 0;

/** How many records in a row, refused alike, let the older ones of the row be taken for refused. */
const refusedInARow = 2;

/**
 * When several records of one row are refused one after the other with the same error, the older
 * ones that remain may be taken for refused too.
 */
function isTakenForRefused(_: GivenRecord, { newer }: Standing): boolean {
  let alike = 0;
  let last: string | null = null;
  for (const record of newer) {
    const error = refusalOf(record);
    alike = error === null ? 0 : error === last ? alike + 1 : 1;
    last = error;
    if (alike >= refusedInARow) return true;
  }
  return false;
}

/** The code by which Salesforce permanently refuses a record; null: it does not. */
function refusalOf({ kind, trouble }: GivenRecord): string | null {
  if (kind === 'invalid') return 'INVALID_EMAIL_ADDRESS';
  return kind === 'refused' ? (trouble?.rowError.split(':')[0] ?? null) : null;
}

const allowances: Readonly<Record<string, Allowance>> = {
  'it can never be written': (record, { scenario }) => placeOf(record, scenario) === 'errant',
  'Salesforce refuses it': ({ kind }) => kind === 'invalid' || kind === 'refused',
  'it was locked to its last try': (record, { scenario }) => mayStayLocked(record, scenario),
  'it was left behind': isLeftBehind,
  'it shared a row with a locked record': (_, { scenario, older, newer }) =>
    [...older, ...newer].some(
      (other) => mayStayLocked(other, scenario) || isLeftBehind(other, { scenario, older, newer }),
    ),
  // There may be no job left that would tell it from the bad one.
  'it shared a row with a refused record, and waits or time were up': (
    _,
    { scenario, older, newer },
  ) => isShort(scenario) && [...older, ...newer].some((other) => refusalOf(other) !== null),
  'the records after it were refused alike': isTakenForRefused,
  'its field was hidden': ({ values }, { scenario }) =>
    scenario.unknownFields === 'errant' &&
    scenario.deliveries.some(({ hides }) => hides) &&
    values.some(({ field }) => field === 'Level__c'),
  'its row was deleted already': (_, { scenario, older }) =>
    // An upsert makes the row again.
    scenario.operation !== 'upsert' && older.some((record) => removes(record, scenario)),
  // It is written again after a later record has deleted its row.
  'its row was deleted by a later record, without a ledger': (_, { scenario, newer }) =>
    scenario.operation === 'update' &&
    scenario.promised !== 'job ledger' &&
    newer.some((record) => removes(record, scenario)),
  'its job was deleted, and its row is gone': (_, { scenario }) =>
    deletes(scenario) && vanishes(scenario),
  // Salesforce does not tell a row that is gone from one that never was.
  'its row was hard-deleted, without a ledger': (_, { scenario }) =>
    scenario.operation === 'hardDelete' && scenario.promised !== 'job ledger',
};

/** Why a record may be errant; null when there is no reason. */
export function reasonFor(record: GivenRecord, scenario: Scenario): string | null {
  const row = byRow(scenario.records).get(record.row ?? '') ?? [record];
  const place = row.indexOf(record);
  const standing = { scenario, older: row.slice(0, place), newer: row.slice(place + 1) };
  const found = Object.entries(allowances).find(([, allows]) => allows(record, standing));
  return found?.[0] ?? null;
}
