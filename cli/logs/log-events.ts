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
 * lines yet. Each item is what one poll found, oldest first, and may be empty. Throws what the client
 * throws.
 */
export async function* logEvents(reading: LogReading): AsyncGenerator<readonly LogEvent[]> {
  const shown = new Map<string, number>();
  let newest = reading.since;
  do {
    const from = Math.max(reading.since, newest - lateMs);
    for (const [id, at] of shown) if (at < from) shown.delete(id);
    const found: LogEvent[] = [];
    for await (const { eventId = '', timestamp = 0, message = '' } of eventsSince(reading, from)) {
      if (shown.has(eventId)) continue;
      shown.set(eventId, timestamp);
      newest = Math.max(newest, timestamp);
      found.push({ at: timestamp, text: message.trimEnd() });
    }
    yield found.toSorted((one, other) => one.at - other.at);
  } while (await reading.pause());
}

async function* eventsSince(
  { client, logGroup }: LogReading,
  startTime: number,
): AsyncGenerator<FilteredLogEvent> {
  let nextToken: string | undefined;
  do {
    const page = { logGroupName: logGroup, startTime, ...(nextToken && { nextToken }) };
    const { events = [], nextToken: next } = await client.send(new FilterLogEventsCommand(page));
    yield* events;
    nextToken = next;
  } while (nextToken !== undefined);
}
