import type { Mode } from '../support/container.ts';
import type { ServiceName } from '../support/services.ts';

/** One call of the protocol of a flush whose first job has rows that need a second one. */
export interface Step {
  readonly name: string;
  readonly service: ServiceName;
  /** The fault proxy's name of the call, and how many of that name come before it. */
  readonly call: string;
  readonly skip: number;
}

const step = (name: string, service: ServiceName, call: string, skip = 0): Step => ({
  ...{ name, service, call, skip },
});

const secret = step('secret', 'secrets', 'GetSecretValue');
const login = step('login', 'salesforce', 'token');
const describe = step('describe', 'salesforce', 'describe');
const queueCheck = step('queue check', 'queue', 'GetQueueAttributes');
const poll = step('poll', 'salesforce', 'info');
const results = step('failed rows', 'salesforce', 'failedResults');
const report = step('errant queue', 'queue', 'SendMessageBatch');

const staged = (which: string, nth: number): Step[] => [
  step(`create${which}`, 'salesforce', 'create', nth),
  step(`upload${which}`, 'salesforce', 'upload', nth),
  step(`close${which}`, 'salesforce', 'close', nth),
];

const noted = (which: string, nth: number): Step[] => {
  const [create, ...rest] = staged(which, nth) as [Step, ...Step[]];
  // Every partition of the flush has an item of its own; the first of them is broken here.
  return [create, step(`ledger note${which}`, 'ledger', 'PutItem', nth * 3), ...rest];
};

/** The steps of a flush in a mode, in their order. */
export function stepsOf({ ledger, settings }: Mode): readonly Step[] {
  const before = [queueCheck, secret, login, describe];
  const after = [poll, results];
  if (ledger) {
    return [
      ...before,
      step('ledger read', 'ledger', 'BatchGetItem'),
      ...noted('', 0),
      ...after,
      ...noted(' 2', 1),
      report,
      step('ledger settle', 'ledger', 'PutItem', 6),
    ];
  }
  if (settings['UPLOAD_MODE'] === 'staged') {
    return [...before, ...staged('', 0), ...after, ...staged(' 2', 1), report];
  }
  const create = (which: string, nth: number) =>
    step(`create${which}`, 'salesforce', 'create', nth);
  return [...before, create('', 0), ...after, create(' 2', 1), report];
}
