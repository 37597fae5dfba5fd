import { counted, number } from '../../local/terminal/format.ts';
import type { Progress } from './replay.ts';

/** The progress of a replay on one line. */
export function progressLine({ replayed, written, errant, skipped, received }: Progress): string {
  const earlier = skipped === 0 ? '' : `, ${number(skipped)} by an earlier replay`;
  const ends = `${number(written)} written${earlier}, ${number(errant)} failed again`;
  return `  ${number(received)} received, ${number(replayed)} replayed: ${ends}`;
}

/** The result of a replay. */
export function endLines(progress: Progress, { dryRun }: { readonly dryRun: boolean }): string[] {
  const { replayed, written, errant, skipped, fit, kept } = progress;
  const left = [...kept]
    .toSorted(([, one], [, other]) => other - one)
    .map(([why, count]) => `  ${number(count).padStart(6)}  ${why}`);
  const stay = left.length === 0 ? [] : ['', 'In the queue:', ...left];
  if (dryRun) return [`${counted(fit, 'record')} would be replayed; nothing was changed.`, ...stay];
  const passed = replayed - written - errant - skipped;
  const again =
    errant === 0 ? [] : [`! ${counted(errant, 'record')} failed again, each with a new message.`];
  const leftOut =
    passed <= 0 ? [] : [`  ${counted(passed, 'record')} left out by TOMBSTONES or TRANSFORM.`];
  const settled = `✓ ${counted(written + skipped, 'record')} of ${number(replayed)} written and removed from the queue.`;
  return [settled, ...leftOut, ...again, ...stay];
}
