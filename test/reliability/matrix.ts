import { startServices } from '../support/services.ts';
import { stepFaults } from './faults.ts';
import { cuts } from './given-batch.ts';
import type { MatrixPart } from './matrix-modes.ts';
import { type Outcome, play, type Scenario } from './scenario.ts';

/** A scenario and what it came to. */
export interface Played extends Scenario {
  readonly outcome: Outcome;
}

/** How many scenarios are played at once, each with its own services. */
const lanes = 6;

function scenariosOf(mode: MatrixPart): Omit<Scenario, 'cut'>[] {
  return mode.steps.flatMap((step) => stepFaults.map((fault) => ({ mode, step, fault })));
}

let number = 0;

/** Plays every step of a mode with every fault, and each with every way to redeliver. */
export async function playAll(mode: MatrixPart): Promise<Played[]> {
  const played: Played[] = [];
  const scenarios = scenariosOf(mode).values();
  const lane = async () => {
    const services = await startServices();
    for (const scenario of scenarios) {
      let outcome: Outcome | null = null;
      for (const cut of Object.keys(cuts) as (keyof typeof cuts)[]) {
        number += 1;
        // What is settled in the first delivery is the same scenario, however it might be cut.
        if (outcome?.deliveries !== 1) outcome = await play(services, { ...scenario, cut }, number);
        played.push({ ...scenario, cut, outcome });
      }
    }
    await services.close();
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return played;
}

/** What a cell of the matrix says; the worst of its scenarios counts. */
function markOf(cell: readonly Played[]): string {
  const outcomes = cell.map(({ outcome }) => outcome);
  if (outcomes.some(({ lost }) => lost.length > 0)) return 'LOST';
  const most = Math.max(...outcomes.map(({ repeated }) => repeated.length));
  if (most > 0) return `+${most}`;
  return outcomes.every(({ deliveries }) => deliveries === 1) ? '·' : '↻';
}

/** The matrix of one mode in Markdown: a row for each step, a column for each fault. */
export function matrixText(mode: MatrixPart, played: readonly Played[]): string {
  const faults = stepFaults.map(({ name }) => name);
  const rows = mode.steps.map(({ name }) => {
    const marks = faults.map((fault) =>
      markOf(played.filter((one) => one.step.name === name && one.fault.name === fault)),
    );
    return `| ${name} | ${marks.join(' | ')} |`;
  });
  return [`| step | ${faults.join(' | ')} |`, `|---|${'---|'.repeat(faults.length)}`, ...rows].join(
    '\n',
  );
}

/** The sums of one mode, as a row of Markdown. */
export function totalsText(mode: MatrixPart, played: readonly Played[]): string {
  const sum = (count: (outcome: Outcome) => number) =>
    played.reduce((total, { outcome }) => total + count(outcome), 0);
  const cells = [
    mode.name,
    played.length,
    sum(({ deliveries }) => deliveries),
    sum(({ lost }) => lost.length),
    sum(({ repeated }) => repeated.length),
  ];
  return `| ${cells.join(' | ')} |`;
}
