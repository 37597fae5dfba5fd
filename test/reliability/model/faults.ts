import type { Fault } from 'salesforce-bulk-emulator';
import type { GivenStepFault } from './scenario.ts';

const reset = { kind: 'reset' } as const;
const truncate = { kind: 'truncate' } as const;
const status = (code: number) => ({ kind: 'status', status: code }) as const;

/** What an org may do to a job or a call once; each is drawn alike. A new one is a line here. */
export const orgFaults: readonly Fault[] = [
  { job: 'fail', afterRows: 0 },
  { job: 'fail', afterRows: 1, errorMessage: 'InternalServerError : Processing timed out' },
  { job: 'fail', afterRows: 3, errorMessage: 'TooManyLockFailure : Too many' },
  { job: 'abort', afterRows: 0 },
  { job: 'abort', afterRows: 2 },
  { job: 'lose-rows', count: 1 },
  { job: 'lose-rows', count: 3 },
  { call: 'create', when: 'after', action: reset },
  { call: 'upload', when: 'before', action: reset },
  { call: 'upload', when: 'after', action: reset },
  { call: 'upload', action: status(503), times: 9 },
  { call: 'close', when: 'after', action: reset },
  { call: 'info', when: 'after', action: reset, times: 3 },
  { call: 'failedResults', when: 'after', action: truncate },
  { call: 'failedResults', action: status(503), times: 9 },
  { call: 'failedResults', action: status(204) },
  { call: 'successfulResults', when: 'after', action: truncate },
  { call: 'successfulResults', action: status(503), times: 9 },
  { call: 'unprocessedrecords', when: 'after', action: reset },
  { call: 'query', when: 'after', action: truncate },
  { call: 'query', action: status(503), times: 9 },
  { call: 'any', skip: 5, action: { kind: 'expire-token' } },
];

/** A job whose metadata is gone: what became of its rows cannot be known any more. */
export const vanish: Fault = { job: 'vanish' };

/** Two upserts of one new key at a time, which some other job causes. */
export const race: Fault = {
  rowError:
    'DUPLICATE_VALUE:duplicate value found: KafkaRecordId__c duplicates value on record with id: 003000000000001:KafkaRecordId__c --',
};

/** The steps that a fault of `stepFaults` can break. */
export const struckSteps: readonly Pick<GivenStepFault, 'service' | 'call'>[] = [
  ...(
    [
      ...['create', 'upload', 'close', 'info', 'failedResults', 'successfulResults', 'abort'],
      'query',
    ] as const
  ).map((call) => ({ service: 'salesforce' as const, call })),
  { service: 'ledger', call: 'BatchGetItem' },
  { service: 'ledger', call: 'PutItem' },
  { service: 'ledger', call: 'TransactWriteItems' },
  { service: 'queue', call: 'SendMessageBatch' },
  { service: 'queue', call: 'SendMessageBatch' },
];
