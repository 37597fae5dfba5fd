import type { Flush, MappingEvent } from '../event-source-mapping/mapping-event.ts';
import { formatRange } from '../event-source-mapping/offset-range.ts';
import { partitionName, type TopicPartition } from '../event-source-mapping/source-record.ts';
import type { PartitionLag } from '../kafka-consumer/kafka-source.ts';
import type { Shown, Tone } from '../terminal/display.ts';
import { counted, number, seconds } from '../terminal/format.ts';
import type { LogLine } from '../terminal/function-log.ts';
import { shortReason } from './explain.ts';
import { openOutages } from './outage-lines.ts';

/** The number of partitions that a line names; the others are counted. */
const maxNames = 6;

/** Lines for the events of a mapping. */
export interface StatusLines {
  lines(event: MappingEvent): Shown[];
}

/** The clock in milliseconds, and the lag of each partition; null: there is none to show. */
export interface StatusPorts {
  now: () => number;
  lag: (() => readonly PartitionLag[]) | null;
}

/** Opens the status of one run, which keeps the flushes and outages in progress. */
export function openStatus({ now, lag }: StatusPorts): StatusLines {
  const flushes = new Map<number, { flush: Flush; startedAt: number; tookMs: number }>();
  const outages = openOutages();
  const take = (batch: number) => {
    const known = flushes.get(batch);
    flushes.delete(batch);
    return known;
  };
  return {
    lines(event) {
      switch (event.kind) {
        case 'flush-started':
          flushes.set(event.flush.batch, { flush: event.flush, startedAt: now(), tookMs: 0 });
          return [];
        case 'flush-returned': {
          const known = flushes.get(event.flush.batch);
          if (known !== undefined) known.tookMs = now() - known.startedAt;
          return [];
        }
        case 'committed': {
          const known = take(event.batch);
          return known === undefined
            ? []
            : [committedLine(known.flush, known.tookMs, lag?.() ?? null)];
        }
        case 'batch-revoked':
          flushes.delete(event.batch);
          return otherLines(event);
        case 'outage':
        case 'outage-over':
          return outages.lines(event);
        default:
          return otherLines(event);
      }
    },
  };
}

function committedLine(flush: Flush, tookMs: number, lags: readonly PartitionLag[] | null): Shown {
  const what = `flush ${flush.batch}  ${counted(flush.records, 'record')} in ${seconds(tookMs)}`;
  const behind = lags === null ? '' : `  ${lagText(lags)}`;
  return line('good', `✓ ${what}  ${places(flush)}${behind}`);
}

function otherLines(event: MappingEvent): Shown[] {
  switch (event.kind) {
    case 'assigned':
      return [line('plain', `reading ${named(event.partitions.map(partitionName))}`)];
    case 'redelivery-scheduled':
      return [line('plain', `  redelivery in ${seconds(event.waitMs)}`)];
    case 'flush-failed': {
      const { flush, outcome } = event;
      const again = flush.attempt === 1 ? '' : `, attempt ${flush.attempt}`;
      const reason = outcome.errorMessage.split('\n', 1).join('');
      const what = `flush ${flush.batch}  ${counted(flush.records, 'record')}${again}`;
      return [line('bad', `✗ ${what}  ${places(flush)}  ${reason}`)];
    }
    case 'record-skipped':
      return [line('bad', `! ${place(event.record)} skipped: exceeds the event size limit`)];
    case 'batch-revoked':
      return [line('plain', `flush ${event.batch}: ${named(event.partitions)} revoked meanwhile`)];
    case 'commit-failed':
      return [line('bad', `✗ flush ${event.batch} not committed: ${shortReason(event.error)}`)];
    case 'offset-reset': {
      const { from, partition, to } = event;
      return [
        line(
          'bad',
          `! ${partitionName(partition)}: offset ${from} is no longer in the log, continuing at ${to}`,
        ),
      ];
    }
    default:
      return [];
  }
}

/** The lines for a line of the function's log. */
export function errantLines({ message, fields }: LogLine): Shown[] {
  if (message !== 'errant record') return [];
  const reason = fields['error_code'] ?? fields['code'];
  return [line('bad', `! ${fields['record']} sent to the errant queue: ${reason}`)];
}

function places({ ranges }: Flush): string {
  return named(ranges.map(formatRange));
}

function place(record: TopicPartition & { offset: number }): string {
  return `${partitionName(record)}@${record.offset}`;
}

function named(names: readonly string[]): string {
  if (names.length === 0) return 'nothing';
  const rest = names.length - maxNames;
  return names.slice(0, maxNames).join(' ') + (rest > 0 ? ` and ${rest} more` : '');
}

/** `lag 0`, or the lag of each partition that has one, in descending order. */
function lagText(lags: readonly PartitionLag[]): string {
  const behind = lags
    .filter(({ lag }) => lag !== 0)
    .toSorted((one, other) => (other.lag ?? 0) - (one.lag ?? 0))
    .map((one) => `${partitionName(one)} ${one.lag === null ? '?' : number(one.lag)}`);
  return `lag ${behind.length === 0 ? '0' : named(behind)}`;
}

function line(tone: Tone, text: string): Shown {
  return { kind: 'line', tone, text };
}
