import { setTimeout as delay } from 'node:timers/promises';
import { readLogLine } from '../../../local/terminal/function-log.ts';
import type { Runner } from './runner.ts';

/** How far an invocation had come when it was killed. */
export type Step =
  | 'while it loads'
  | 'before its job is submitted'
  | 'job submitted'
  | 'job running'
  | 'job found again'
  | 'after its rows'
  | 'after it was settled';

/** The step that the last of these lines of an invocation's log tells. */
const steps: Readonly<Record<string, Step>> = {
  'flush received': 'before its job is submitted',
  'job submitted': 'job submitted',
  'job running': 'job running',
  'job found again': 'job found again',
  'errant record': 'after its rows',
  'flush written': 'after it was settled',
};

/**
 * Reads from the output of a runner with `--verbose` at which step each kill struck an invocation.
 * A kill that met a process between two invocations is not among them.
 */
export function strikesIn(output: string): Step[] {
  const reached = new Map<string, Step>();
  const strikes: Step[] = [];
  for (const text of output.split('\n')) {
    const line = readLogLine(text);
    const step = steps[line?.message ?? ''];
    if (step !== undefined) reached.set(String(line?.fields['function_request_id']), step);
    const [, killed] = /RequestId: (\S+) .*signal: killed/.exec(text) ?? [];
    if (killed !== undefined) strikes.push(reached.get(killed) ?? 'while it loads');
  }
  return strikes;
}

/** A line that says that a flush was committed, or that it failed. */
const endsOfKills = /^[✓✗] flush .*/gm;

/**
 * Whether the flush of these items of the ledger ended by a kill, by what the runner writes from
 * the place `told` of its output on; false when it was committed, or when nothing is said in time.
 */
export async function endedByKill(
  runner: Runner,
  told: number,
  ids: readonly string[],
): Promise<boolean> {
  const places = ids.map((id) => `${id.split('|').slice(-2).join('-')}@`);
  for (let waits = 0; waits < 150; waits += 1) {
    const ends = runner.output().slice(told).match(endsOfKills) ?? [];
    const own = ends.filter((line) => places.some((place) => line.includes(place)));
    if (own.length > 0) return own.some((line) => line.includes('signal: killed'));
    await delay(20);
  }
  return false;
}
