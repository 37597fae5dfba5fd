import type { Random } from './random.ts';
import type { GivenSetup, Operation, Promised } from './scenario.ts';

function promiseOf(random: Random, operation: Operation): Promised {
  if (operation === 'insert') {
    return random.weighted({ 'job ledger': 50, 'record id': 25, 'at least once': 25 });
  }
  return random.weighted({ 'job ledger': 70, 'at least once': 30 });
}

function keyFieldOf(random: Random, operation: Operation): GivenSetup['keyField'] {
  if (operation === 'insert') return null;
  if (operation !== 'upsert') return 'Id';
  return random.weighted({ ExternalId__c: 50, Number__c: 25, Code__c: 25 });
}

function promiseSettings(random: Random, promised: Promised): Record<string, string> {
  if (promised === 'job ledger') return { LEDGER_TABLE: 'msk-salesforce-sink-ledger' };
  const upload: Record<string, string> = random.chance(0.5) ? { UPLOAD_MODE: 'staged' } : {};
  return promised === 'at least once'
    ? upload
    : { ...upload, SALESFORCE_RECORD_ID_FIELD: 'KafkaRecordId__c' };
}

/** Draws what a sink does and how it is set. */
export function drawSetup(random: Random): GivenSetup {
  const operation = random.weighted({
    insert: 30,
    update: 20,
    upsert: 35,
    delete: 10,
    hardDelete: 5,
  });
  const promised = promiseOf(random, operation);
  const keyField = keyFieldOf(random, operation);
  // A row that was hard-deleted looks like one that never existed, so that `none` would wait for ever.
  const mayFail = operation !== 'hardDelete' || promised === 'job ledger';
  const writesKeys = operation === 'update' || operation === 'upsert';
  const setup = {
    ...{ operation, promised, keyField },
    tolerance: mayFail ? random.weighted({ all: 80, none: 20 }) : 'all',
    nulls: random.weighted({ clear: 60, empty: 40 }),
    unknownFields: random.weighted({ errant: 55, drop: 25, send: 20 }),
    tombstones: random.weighted({ errant: 30, skip: 30, delete: writesKeys ? 40 : 0 }),
  } as const;
  const settings = {
    SALESFORCE_OPERATION: operation,
    ERRORS_TOLERANCE: setup.tolerance,
    NULL_VALUES: setup.nulls,
    UNKNOWN_FIELDS: setup.unknownFields,
    TOMBSTONES: setup.tombstones,
    ...(operation === 'upsert' ? { SALESFORCE_EXTERNAL_ID_FIELD: String(keyField) } : {}),
    ...promiseSettings(random, promised),
    ...(random.chance(0.15) && setup.unknownFields !== 'send'
      ? { POLL_MAX_STEPS: String(random.int(5, 8)) }
      : {}),
  };
  return { ...setup, settings };
}
