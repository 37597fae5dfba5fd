import type { Mode } from './container.ts';

const staged = { UPLOAD_MODE: 'staged' };
const recordId = { SALESFORCE_RECORD_ID_FIELD: 'KafkaRecordId__c' };
const tolerant = { ERRORS_TOLERANCE: 'all' };

/** The promises of the sink, each in the ways in which a flush can be uploaded. */
export const modes: readonly (Mode & { readonly once: boolean })[] = [
  {
    ...{ name: 'job ledger', once: true, ledger: true },
    settings: { ...tolerant, LEDGER_TABLE: 'msk-salesforce-sink-ledger' },
  },
  {
    ...{ name: 'record id, three calls', once: true, ledger: false },
    settings: { ...tolerant, ...recordId, ...staged },
  },
  {
    ...{ name: 'record id, one call', once: true, ledger: false },
    settings: { ...tolerant, ...recordId },
  },
  {
    ...{ name: 'at least once, three calls', once: false, ledger: false },
    settings: { ...tolerant, ...staged },
  },
  { ...{ name: 'at least once, one call', once: false, ledger: false }, settings: tolerant },
];
