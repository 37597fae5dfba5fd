import type { SourceEvent } from '../event-source-mapping/mapping-event.ts';
import type { Shown } from '../terminal/display.ts';
import { seconds } from '../terminal/format.ts';
import { shortReason } from './explain.ts';

type Outage = Extract<SourceEvent, { kind: 'outage' }>;
type OutageOver = Extract<SourceEvent, { kind: 'outage-over' }>;

/** Lines for outages of the source. */
export interface OutageLines {
  lines(event: Outage | OutageOver): Shown[];
}

/**
 * Several deliveries report the same outage, each with its own retries. A line is shown only for a
 * wait that is longer than those before, and one for the end.
 */
export function openOutages(): OutageLines {
  const longestShownMs = new Map<string, number>();
  return {
    lines(event) {
      const { what } = event;
      if (event.kind === 'outage-over') {
        if (!longestShownMs.delete(what)) return [];
        return [{ kind: 'line', tone: 'plain', text: `can ${what} again` }];
      }
      const { error, waitMs } = event;
      if (waitMs <= (longestShownMs.get(what) ?? 0)) return [];
      longestShownMs.set(what, waitMs);
      const text = `cannot ${what}: ${shortReason(error)}; retry in ${seconds(waitMs)}`;
      return [{ kind: 'line', tone: 'bad', text }];
    },
  };
}
