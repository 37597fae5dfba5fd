import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { listen } from '../../local/aws/listen.ts';

/** An event of CloudWatch Logs. */
interface StoredEvent {
  eventId: string;
  timestamp: number;
  message: string;
}

/** A running CloudWatch Logs, as far as `FilterLogEvents` goes. */
export interface CloudWatchLogs {
  /** For `AWS_ENDPOINT_URL_CLOUDWATCH_LOGS`. */
  url: string;
  createGroup(name: string): void;
  put(group: string, timestamp: number, message: string): void;
  close(): void;
}

/** Events of one page, few so that there are several. */
const pageSize = 3;

/**
 * Starts a CloudWatch Logs on the loopback interface. A group without streams has no events; an unknown
 * one is refused. Source: CloudWatch Logs API reference, FilterLogEvents.
 */
export async function startCloudWatchLogs(): Promise<CloudWatchLogs> {
  const groups = new Map<string, StoredEvent[]>();
  const server = createServer(async (request, response) => {
    const { logGroupName, startTime, nextToken } = (await json(request)) as {
      logGroupName: string;
      startTime: number;
      nextToken?: string;
    };
    const events = groups.get(logGroupName);
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    if (events === undefined) {
      const message = 'The specified log group does not exist.';
      response.writeHead(400).end(JSON.stringify({ __type: 'ResourceNotFoundException', message }));
      return;
    }
    const found = events.filter(({ timestamp }) => timestamp >= startTime);
    const from = Number(nextToken ?? 0);
    const next = from + pageSize;
    const page = { events: found.slice(from, next) };
    const more = next < found.length ? { nextToken: String(next) } : {};
    response.end(JSON.stringify({ ...page, ...more }));
  });
  const url = await listen(server);
  return {
    url,
    createGroup: (name) => void groups.set(name, groups.get(name) ?? []),
    put(group, timestamp, message) {
      const events = groups.get(group) ?? [];
      groups.set(group, [...events, { eventId: String(events.length), timestamp, message }]);
    },
    close: () => void server.close(),
  };
}
