import type { Progress } from './replay.ts';

const numbers = new Intl.NumberFormat('en');

const counted = (count: number, noun: string): string =>
  `${numbers.format(count)} ${noun}${count === 1 ? '' : 's'}`;

/** How far a replay has come, on one line. */
export function progressLine({ replayed, written, errant, skipped, received }: Progress): string {
  const earlier = skipped === 0 ? '' : `, ${numbers.format(skipped)} by an earlier replay`;
  const ends = `${numbers.format(written)} written${earlier}, ${numbers.format(errant)} failed again`;
  return `  ${numbers.format(received)} received, ${numbers.format(replayed)} replayed: ${ends}`;
}

/** What a replay has come to. */
export function endLines(progress: Progress, { dryRun }: { readonly dryRun: boolean }): string[] {
  const { replayed, written, errant, skipped, fit, kept } = progress;
  const left = [...kept]
    .toSorted(([, one], [, other]) => other - one)
    .map(([why, count]) => `  ${numbers.format(count).padStart(6)}  ${why}`);
  const stay = left.length === 0 ? [] : ['', 'In the queue:', ...left];
  if (dryRun) return [`${counted(fit, 'record')} would be replayed; nothing was changed.`, ...stay];
  const passed = replayed - written - errant - skipped;
  const again =
    errant === 0 ? [] : [`! ${counted(errant, 'record')} failed again, each a new message.`];
  const tombstones =
    passed <= 0 ? [] : [`  ${counted(passed, 'tombstone')} passed over, as TOMBSTONES says.`];
  const settled = `✓ ${counted(written + skipped, 'record')} of ${numbers.format(replayed)} are written, and out of the queue.`;
  return [settled, ...tombstones, ...again, ...stay];
}
