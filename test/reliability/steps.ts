import type { Mode } from '../support/container.ts';
import type { ServiceName } from '../support/services.ts';

/** One call of the protocol of a flush whose first jobs have rows that need further ones. */
export interface Step {
  readonly name: string;
  readonly service: ServiceName;
  /** The fault proxy's name of the call, and how many of that name come before it. */
  readonly call: string;
  readonly skip: number;
  /** How many jobs were created before it; of calls that are not counted. */
  readonly jobs: number;
}

const step = (name: string, service: ServiceName, call: string, skip = 0): Step => ({
  ...{ name, service, call, skip, jobs: 0 },
});

const before: readonly Step[] = [
  step('queue check', 'queue', 'GetQueueAttributes'),
  step('secret', 'secrets', 'GetSecretValue'),
  step('login', 'salesforce', 'token'),
  step('describe', 'salesforce', 'describe'),
];
const ledgerRead = step('ledger read', 'ledger', 'BatchGetItem');
const report = step('errant queue', 'queue', 'SendMessageBatch');

// One call writes the items of all partitions of the flush.
const ledgerWrite = (name: string, writes: number): Step =>
  step(name, 'ledger', 'TransactWriteItems', writes);

/** The steps of a flush of inserts, in their order; the locked rows need a second job. */
export function stepsOfInsert(mode: Mode): readonly Step[] {
  const { ledger } = mode;
  return [
    ...before,
    ...(ledger ? [ledgerRead] : []),
    ...submit(mode, 0),
    ...follow(1),
    ...submit(mode, 1).map((one) => ({ ...one, name: `${one.name} 2` })),
    report,
    ...(ledger ? [ledgerWrite('ledger settle', 2)] : []),
  ];
}

/** The same with deletes, which have jobs of their own, each after a look-up. */
export function stepsOfDeletes(mode: Mode): readonly Step[] {
  const { ledger } = mode;
  const lookUp = (name: string, nth: number) => step(name, 'salesforce', 'query', nth);
  return [
    ...before,
    ...(ledger ? [ledgerRead] : []),
    lookUp('look-up', 0),
    ...named('deletes', [...submit(mode, 0), ...follow(1)]),
    ...named('rows', [...submit(mode, 1), ...follow(2)]),
    lookUp('look-up 2', 1),
    ...named('deletes 2', submit(mode, 2)),
    ...named('rows 2', submit(mode, 3)),
    report,
    ...(ledger ? [ledgerWrite('ledger settle', 4)] : []),
  ];
}

const named = (job: string, steps: readonly Step[]): Step[] =>
  steps.map((one) => ({ ...one, name: `${job}: ${one.name}` }));

/** Creates the job that comes after this number of jobs, and gives it its rows. */
function submit({ ledger, settings }: Mode, nth: number): Step[] {
  const isStaged = ledger || settings['UPLOAD_MODE'] === 'staged';
  const ofJob = (call: string) => step(call, 'salesforce', call, nth);
  return [
    ofJob('create'),
    ...(ledger ? [ledgerWrite('ledger note', nth)] : []),
    ...(isStaged ? [ofJob('upload'), ofJob('close')] : []),
  ];
}

/** Waits for the end of the last of this number of jobs, and reads its results. */
const follow = (jobs: number): Step[] => [
  { ...step('poll', 'salesforce', 'info'), jobs },
  { ...step('failed rows', 'salesforce', 'failedResults'), jobs },
];
