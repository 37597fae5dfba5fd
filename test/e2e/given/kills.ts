import { setTimeout as delay } from 'node:timers/promises';
import { readLogLine } from '../../../local/terminal/function-log.ts';
import type { Runner } from './runner.ts';

/** The last step of an invocation before it was killed. */
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
 * Parses the output of a runner with `--verbose`: the step at which each kill ended an invocation.
 * A kill between two invocations is not included.
 */
export function killsIn(output: string): Step[] {
  const reached = new Map<string, Step>();
  const kills: Step[] = [];
  for (const text of output.split('\n')) {
    const line = readLogLine(text);
    const step = steps[line?.message ?? ''];
    if (step !== undefined) reached.set(String(line?.fields['function_request_id']), step);
    const [, requestId] = /RequestId: (\S+) .*signal: killed/.exec(text) ?? [];
    if (requestId !== undefined) kills.push(reached.get(requestId) ?? 'while it loads');
  }
  return kills;
}

/** A line about the commit or the failure of a flush. */
const endsOfKills = /^[✓✗] flush .*/gm;

/**
 * Whether the flush of these ledger items ended by a kill, in the output of the runner after the
 * position `from`; false when it was committed, or when no line about it appears in time.
 */
export async function endedByKill(
  runner: Runner,
  from: number,
  ids: readonly string[],
): Promise<boolean> {
  const places = ids.map((id) => `${id.split('|').slice(-2).join('-')}@`);
  for (let waits = 0; waits < 150; waits += 1) {
    const ends = runner.output().slice(from).match(endsOfKills) ?? [];
    const own = ends.filter((line) => places.some((place) => line.includes(place)));
    if (own.length > 0) return own.some((line) => line.includes('signal: killed'));
    await delay(20);
  }
  return false;
}
