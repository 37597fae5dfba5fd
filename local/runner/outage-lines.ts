import type { SourceEvent } from '../event-source-mapping/mapping-event.ts';
import type { Shown } from '../terminal/display.ts';
import { seconds } from '../terminal/wording.ts';
import { shortReason } from './explain.ts';

type Trouble = Extract<SourceEvent, { kind: 'trouble' }>;
type TroubleOver = Extract<SourceEvent, { kind: 'trouble-over' }>;

/** Says what cannot be done for a while, and when it can be done again. */
export interface OutageLines {
  lines(event: Trouble | TroubleOver): Shown[];
}

/**
 * Opens the outages of one run.
 *
 * Several deliveries notice the same outage, each with its own tries: what they find is told once
 * for each wait that is longer than those before, and the end is told once.
 */
export function openOutages(): OutageLines {
  const longestToldMs = new Map<string, number>();
  return {
    lines(event) {
      const { what } = event;
      if (event.kind === 'trouble-over') {
        if (!longestToldMs.delete(what)) return [];
        return [{ kind: 'line', tone: 'plain', text: `can ${what} again` }];
      }
      const { error, waitMs } = event;
      if (waitMs <= (longestToldMs.get(what) ?? 0)) return [];
      longestToldMs.set(what, waitMs);
      const text = `cannot ${what}: ${shortReason(error)}; again in ${seconds(waitMs)}`;
      return [{ kind: 'line', tone: 'bad', text }];
    },
  };
}
