import { partitionName } from '../../event-source-mapping/source-record.ts';
import type { PartitionLag } from '../../kafka-consumer/kafka-source.ts';
import type { Shown, Tone } from '../../terminal/display.ts';
import { counted, number } from '../../terminal/format.ts';
import { type LiveJob, type LiveState, rememberedMs } from './state.ts';

/** When and where a state is shown. */
export interface ViewAt {
  readonly now: number;
  /** Rows of the terminal. */
  readonly rows: number;
  /** Null: the source has no lag to show. */
  readonly lag: readonly PartitionLag[] | null;
  readonly title: string;
}

/** The rate is that of the last minute. */
const rateMs = 60_000;
const bars = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;
const barCount = 24;
const progressWidth = 12;

/** The lines of the live view: a row for each figure, and as many of the last lines as fit. */
export function viewLines(state: LiveState, at: ViewAt): Shown[] {
  const figures = [
    line('heading', `${at.title}  ${clock(at.now - state.startedAt)}`),
    line('plain', ''),
    line('plain', `  rate    ${rateText(state, at.now)}`),
    line('faint', `  total   ${totalText(state)}`),
    ...(at.lag === null ? [] : [line('plain', `  lag     ${lagText(at.lag)}`)]),
    ...labelled('  jobs    ', jobTexts(state, at.now)).map((text) => line('plain', text)),
    errantLine(state),
    line('plain', ''),
  ];
  const end = line('faint', 'Ctrl-C stops after the invocations in flight.');
  const room = Math.max(0, at.rows - figures.length - 1);
  const recent = room === 0 ? [] : state.recent.slice(-room);
  return [...figures, ...recent, end];
}

function rateText({ commits, startedAt }: LiveState, now: number): string {
  const recent = commits.filter(({ at }) => now - at < rateMs);
  const seconds = Math.max(1, Math.min(rateMs, now - startedAt) / 1000);
  const rate = recent.reduce((sum, { records }) => sum + records, 0) / seconds;
  return `${number(Math.round(rate))} records/s  ${sparkline(commits, now)}`;
}

/** Commits of the last two minutes, five seconds in a bar, the newest at the right. */
function sparkline(commits: LiveState['commits'], now: number): string {
  const sums = new Array<number>(barCount).fill(0);
  for (const { at, records } of commits) {
    const index = barCount - 1 - Math.floor(((now - at) / rememberedMs) * barCount);
    if (index >= 0) sums[index] = (sums[index] ?? 0) + records;
  }
  const most = Math.max(1, ...sums);
  return sums
    .map((sum) => (sum === 0 ? ' ' : bars[Math.ceil((sum / most) * bars.length) - 1]))
    .join('');
}

function totalText({ committed, failures, flushes, inFlight }: LiveState): string {
  const failed =
    failures === 0 ? '' : `, ${counted(failures, 'failed delivery').replace('ys', 'ies')}`;
  const flight = [...inFlight.values()].reduce((sum, records) => sum + records, 0);
  return `${counted(committed, 'record')} in ${counted(flushes, 'flush').replace('flushs', 'flushes')}${failed}, ${number(flight)} in flight`;
}

function lagText(lags: readonly PartitionLag[]): string {
  const known = lags.reduce((sum, { lag }) => sum + (lag ?? 0), 0);
  const behind = lags
    .filter(({ lag }) => lag !== 0)
    .toSorted((one, other) => (other.lag ?? 0) - (one.lag ?? 0))
    .map((one) => `${partitionName(one)} ${one.lag === null ? '?' : number(one.lag)}`);
  return [number(known), ...behind].join('  ');
}

function jobTexts({ jobs }: LiveState, now: number): string[] {
  return jobs.size === 0 ? ['none'] : [...jobs.values()].map((job) => jobText(job, now));
}

function jobText(job: LiveJob, now: number): string {
  const { id, nextPollAt, processed, rows, since, state } = job;
  const filled = rows === 0 ? 0 : Math.round((processed / rows) * progressWidth);
  const bar = '█'.repeat(filled) + '░'.repeat(progressWidth - filled);
  const whole =
    rows === 0 ? counted(processed, 'row') : `${number(processed)} of ${counted(rows, 'row')}`;
  const wait =
    nextPollAt === null ? '' : `, poll in ${Math.max(0, Math.ceil((nextPollAt - now) / 1000))} s`;
  return `${id}  ${bar}  ${whole}  ${state} for ${Math.floor((now - since) / 1000)} s${wait}`;
}

function errantLine({ errants }: LiveState): Shown {
  const codes = [...errants].toSorted(([, one], [, other]) => other - one);
  const sum = codes.reduce((all, [, count]) => all + count, 0);
  const text = [number(sum), ...codes.map(([code, count]) => `${code} ${number(count)}`)].join(
    '  ',
  );
  return line(sum === 0 ? 'plain' : 'bad', `  errant  ${text}`);
}

/** The label on the first line, blanks on the others. */
const labelled = (label: string, texts: readonly string[]): string[] =>
  texts.map((text, index) => (index === 0 ? label : ' '.repeat(label.length)) + text);

/** `00:01:23`. */
function clock(ms: number): string {
  return new Date(Math.max(0, ms)).toISOString().slice(11, 19);
}

function line(tone: Tone, text: string): Shown {
  return { kind: 'line', tone, text };
}
