import {
  type CloudWatchLogsClient,
  type FilteredLogEvent,
  FilterLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';

/** A line of a log. */
export interface LogEvent {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly text: string;
}

/** What to read. */
export interface LogReading {
  readonly client: Pick<CloudWatchLogsClient, 'send'>;
  readonly logGroup: string;
  /** The time of the first line, in milliseconds since 1970. */
  readonly since: number;
  /** Pauses before the log is polled again; false ends the reading. */
  readonly pause: () => Promise<boolean>;
}

/** A line may become visible after newer ones: how long it is still looked for, in milliseconds. */
const lateMs = 30_000;

/**
 * Reads a log group from all its streams, and goes on as `pause` says. A group without streams has no
 * lines yet. Each item is a page of lines, oldest first; a poll that found nothing gives one empty item.
 * CloudWatch sorts lines by time over all pages, so a page need not wait for those after it. Source:
 * CloudWatch Logs API reference, FilterLogEvents. Throws what the client throws.
 */
export async function* logEvents(reading: LogReading): AsyncGenerator<readonly LogEvent[]> {
  const shown = new Map<string, number>();
  let newest = reading.since;
  do {
    const from = Math.max(reading.since, newest - lateMs);
    forget(shown, from);
    let count = 0;
    for await (const page of pagesSince(reading, from)) {
      const found = unshown(page, shown);
      newest = found.reduce((latest, { at }) => Math.max(latest, at), newest);
      count += found.length;
      if (found.length > 0) yield found;
    }
    if (count === 0) yield [];
  } while (await reading.pause());
}

/** Forgets the lines before a time, for which no poll asks any more. */
function forget(shown: Map<string, number>, before: number): void {
  for (const [id, at] of shown) if (at < before) shown.delete(id);
}

/** The lines of a page that were not shown, oldest first; notes them as shown. */
function unshown(page: readonly FilteredLogEvent[], shown: Map<string, number>): LogEvent[] {
  const found: LogEvent[] = [];
  for (const { eventId = '', timestamp = 0, message = '' } of page) {
    if (shown.has(eventId)) continue;
    shown.set(eventId, timestamp);
    found.push({ at: timestamp, text: message.trimEnd() });
  }
  return found.toSorted((one, other) => one.at - other.at);
}

async function* pagesSince(
  { client, logGroup }: LogReading,
  startTime: number,
): AsyncGenerator<readonly FilteredLogEvent[]> {
  let nextToken: string | undefined;
  do {
    const page = { logGroupName: logGroup, startTime, ...(nextToken && { nextToken }) };
    const { events = [], nextToken: next } = await client.send(new FilterLogEventsCommand(page));
    yield events;
    nextToken = next;
  } while (nextToken !== undefined);
}
