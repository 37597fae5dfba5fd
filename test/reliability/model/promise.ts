import type { Scenario } from './scenario.ts';

/** What may be held against an outcome, by what the sink promises and what happened to it. */
export interface Promises {
  /** No record is both written and errant. */
  readonly exclusive: boolean;
  /** An insert is one row. */
  readonly once: boolean;
  /** The values of a row are those of its records one after the other. */
  readonly ordered: boolean;
  /** Fields that may or may not have been sent. */
  readonly loose: readonly string[];
}

/** Whether the org deletes a job, so that the outcome of its rows is unknown. */
export const vanishes = ({ deliveries }: Scenario): boolean =>
  deliveries.some(({ orgFaults }) =>
    orgFaults.some((fault) => 'job' in fault && fault.job === 'vanish'),
  );

/** What a scenario has to hold (docs/RELIABILITY.md). */
export function promisesOf(scenario: Scenario): Promises {
  const { promised, deliveries, unknownFields } = scenario;
  const zombies = deliveries.some(({ chaos }) => chaos.kind === 'pause');
  // "A job that Salesforce has deleted": its records are written as fresh ones.
  const isExact = promised === 'job ledger' && !vanishes(scenario);
  const dropped = unknownFields === 'drop' && deliveries.some(({ hides }) => hides);
  return {
    exclusive: isExact,
    once: isExact || promised === 'record id',
    // Without a ledger a resumed container writes older values over newer ones.
    ordered: isExact || !(zombies || vanishes(scenario)),
    loose: dropped ? ['Level__c'] : [],
  };
}
