import { counted, number } from '../../local/terminal/format.ts';
import { coordinatesText } from '../../src/kafka/coordinates.ts';
import type { Progress } from './progress.ts';

/** The progress of a replay on one line. */
export function progressLine(progress: Progress): string {
  const { replayed, written, errant, skipped, received, outdated } = progress;
  const earlier = skipped === 0 ? '' : `, ${number(skipped)} by an earlier replay`;
  const ends = `${number(written)} written${earlier}, ${number(errant)} failed again${
    outdated.length === 0 ? '' : `, ${number(outdated.length)} left`
  }`;
  return `  ${number(received)} received, ${number(replayed)} replayed: ${ends}`;
}

/** Maximum number of records that the result lists. */
const listedRecords = 20;

const timeOf = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');

/** The records that were left, each with the time of its row. */
function outdatedLines(outdated: Progress['outdated'], dryRun: boolean): string[] {
  if (outdated.length === 0) return [];
  const lines = outdated.slice(0, listedRecords).map((record) => {
    const { timestamp, writtenAt } = record;
    return `  ${coordinatesText(record)} of ${timeOf(timestamp)}, its row written ${timeOf(writtenAt)}`;
  });
  const more = outdated.length - lines.length;
  return [
    `! ${counted(outdated.length, 'record')} ${dryRun ? 'would be ' : ''}left in the queue: the row was written after the record.`,
    ...lines,
    ...(more > 0 ? [`  and ${number(more)} more`] : []),
    '  To send them too, over what was written since: --force.',
  ];
}

/** The records that would fail again, each with its code. */
function failingLines(failing: Progress['failing']): string[] {
  if (failing.length === 0) return [];
  const lines = failing
    .slice(0, listedRecords)
    .map((record) => `  ${coordinatesText(record)}  ${record.code}`);
  const more = failing.length - lines.length;
  return [
    `! ${counted(failing.length, 'record')} of them would fail again, before any job.`,
    ...lines,
    ...(more > 0 ? [`  and ${number(more)} more`] : []),
  ];
}

/** How a replay went. */
interface End {
  readonly dryRun: boolean;
  /** False: an error ended it, so that the queue was not read to its end. */
  readonly ended: boolean;
}

/** The result of a replay; nothing if an error ended it before it had received a message. */
export function endLines(progress: Progress, { dryRun, ended }: End): string[] {
  if (!ended && progress.received === 0) return [];
  const { fit, kept, outdated, failing } = progress;
  const left = [...kept]
    .toSorted(([, one], [, other]) => other - one)
    .map(([why, count]) => `  ${number(count).padStart(6)}  ${why}`);
  const stay = left.length === 0 ? [] : ['', 'In the queue:', ...left];
  const interrupted = ended ? [] : ['! An error ended this; the queue was not read to its end.'];
  if (dryRun) {
    const fits = `${counted(fit, 'record')} would be replayed; nothing was changed.`;
    return [
      ...[fits, ...interrupted],
      ...[...failingLines(failing), ...outdatedLines(outdated, true), ...stay],
    ];
  }
  return [
    ...settledLines(progress, { ended, interrupted }),
    ...outdatedLines(outdated, false),
    ...stay,
  ];
}

/** How the records that were sent ended. */
function settledLines(
  progress: Progress,
  { ended, interrupted }: { readonly ended: boolean; readonly interrupted: readonly string[] },
): string[] {
  const { replayed, written, errant, skipped, outdated, unanswered, undeleted } = progress;
  const passed = replayed - unanswered - written - errant - skipped - outdated.length;
  const removed =
    undeleted === 0
      ? ' and removed from the queue'
      : `; up to ${counted(undeleted, 'message')} of settled records are still in the queue`;
  const line = (count: number, text: string) => (count <= 0 ? [] : [text]);
  return [
    `${ended ? '✓' : '!'} ${counted(written + skipped, 'record')} of ${number(replayed)} written${removed}.`,
    ...interrupted,
    ...line(
      unanswered,
      `! ${counted(unanswered, 'record')} sent without a result: in the queue, and perhaps written.`,
    ),
    ...line(passed, `  ${counted(passed, 'record')} left out by TOMBSTONES or TRANSFORM.`),
    ...line(errant, `! ${counted(errant, 'record')} failed again, each with a new message.`),
  ];
}
