import { reasonFor } from './allowances.ts';
import { at, type Case } from './check-values.ts';
import type { Checked } from './lanes.ts';
import type { Delivery, GivenRecord, Scenario } from './scenario.ts';

function recordText(record: GivenRecord, { scenario, outcome }: Case): string {
  const { kind, row, text, key, trouble } = record;
  const code = outcome.errant.get(at(record));
  const why =
    code === undefined ? '' : ` -> ${code} (${reasonFor(record, scenario) ?? 'no reason'})`;
  const often =
    trouble === null ? '' : ` ${trouble.times ?? 'always'}× ${trouble.rowError.split(':')[0]}`;
  return `  ${at(record)} ${kind}${often}, row ${row}${key === null ? '' : `, key ${key}`}: ${text}${why}`;
}

function planText({
  takes,
  isWarm,
  chaos,
  orgFaults,
  stepFault,
  hides,
  losesCommit,
}: Delivery): string {
  const parts = [
    `takes ${takes.join('/')}`,
    isWarm ? 'warm' : '',
    chaos.kind === 'none' ? '' : JSON.stringify(chaos),
    ...orgFaults.map((fault) => JSON.stringify(fault)),
    stepFault === null ? '' : JSON.stringify(stepFault),
    hides ? 'Level__c hidden' : '',
    losesCommit ? 'commit lost' : '',
  ];
  return parts.filter((part) => part !== '').join(', ');
}

function setupText({
  promised,
  settings,
  behaviours,
  existing,
  queueMs,
  remainingMs,
  lastTake,
}: Scenario): string[] {
  return [
    `${promised}; ${Object.entries(settings)
      .map(([name, value]) => `${name}=${value}`)
      .join(' ')}`,
    `behaviours: ${behaviours.join(', ') || 'none'}; queue ${queueMs} ms; time ${remainingMs} ms; last take ${lastTake}`,
    `existing rows: ${existing.map(({ row }) => row).join(', ') || 'none'}`,
  ];
}

/** The deliveries of a scenario; those that ended alike, one after the other, are one. */
function deliveriesText({ scenario, outcome }: Case): string[] {
  const texts = outcome.delivered.map(({ records, ended, jobs }, number) => {
    const plan = scenario.deliveries[number];
    const planned = plan === undefined ? 'faults lifted' : planText(plan);
    return `${planned}\n     [${records.map(at).join(' ')}] ${jobs} jobs: ${ended.slice(0, 300)}`;
  });
  const masked = texts.map((text) => text.replace(/750\w+/g, '750…'));
  return texts.flatMap((text, number) => {
    const isSame = masked[number] === masked[number - 1];
    return isSame ? [] : [`  ${number + 1}. ${text}`];
  });
}

/** A scenario that was played, as one reads it, what it broke, and how to repeat it. */
export function describeCase(one: Checked): string {
  const { scenario, violations } = one;
  const { seed, records } = scenario;
  return [
    `seed ${seed}:`,
    ...violations.map(({ kind, what }) => `  ${kind}: ${what}`),
    `repeat: MODEL_SEED=${seed} npx vitest run test/reliability/model.test.ts`,
    ...setupText(scenario),
    'records:',
    ...records.map((record) => recordText(record, one)),
    'deliveries:',
    ...deliveriesText(one),
  ].join('\n');
}

/** Which promises were broken by which seeds, and the first violation of each seed. */
export function summary(broken: readonly Checked[]): string {
  const lines = broken.flatMap(({ scenario, violations }) =>
    violations.slice(0, 1).map(({ kind, what }) => {
      const { seed, operation, promised, behaviours } = scenario;
      const who = [operation, promised, ...behaviours].join(', ');
      return `${seed} (${who}) ${kind}: ${what.split('\n')[0]?.slice(0, 200)}`;
    }),
  );
  return [`${broken.length} seeds broke a promise:`, ...lines].join('\n');
}
