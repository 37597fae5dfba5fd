import type { WriteStream } from 'node:tty';
import type { MappingEvent } from '../event-source-mapping/mapping-event.ts';
import type { PartitionLag } from '../kafka-consumer/kafka-source.ts';
import { type Display, openDisplay, type Shown } from '../terminal/display.ts';
import type { LogLine } from '../terminal/function-log.ts';
import { openScreen } from '../terminal/screen.ts';
import { afterEvent, afterLines, afterLog, type LiveState, startOf } from './live/state.ts';
import { viewLines } from './live/view.ts';

/** The lag of the source now; null: it has none to show. */
export type ReadLag = (() => readonly PartitionLag[]) | null;

/** The output of a run. */
export interface RunDisplay extends Display {
  /** From here on the run is watched: a live view begins. */
  watch(title: string, lag: ReadLag): void;
  event(event: MappingEvent): void;
  log(line: LogLine): void;
}

/** Lines alone. */
export function openLines(stream: WriteStream): RunDisplay {
  const nothing = () => undefined;
  return { ...openDisplay(stream), watch: nothing, event: nothing, log: nothing };
}

/** How often the live view is drawn, in milliseconds. */
const drawMs = 250;

/** Lines of the live view that stay when it ends. */
const leftLines = 20;

/**
 * A live view on the whole terminal between `watch` and `end`. Lines before and after it are written as
 * usual; of those in between, the last ones are written when it ends.
 */
export function openLive(stream: WriteStream, now: () => number): RunDisplay {
  const lines = openDisplay(stream);
  let state: LiveState = startOf(now());
  let end: (() => void) | null = null;
  const show = (shown: readonly Shown[]) => {
    if (end === null) lines.show(shown);
    else state = afterLines(state, shown);
  };
  const begin = (title: string, lag: ReadLag) => {
    state = startOf(now());
    const view = ({ rows }: { rows: number }) =>
      viewLines(state, { now: now(), rows, lag: lag?.() ?? null, title });
    const screen = openScreen(stream, view);
    const timer = setInterval(() => screen.draw(), drawMs);
    end = () => {
      end = null;
      clearInterval(timer);
      screen.close();
      lines.show(state.recent.slice(-leftLines));
    };
  };
  return {
    show,
    lines: (tone, ...texts) => show(texts.map((text) => ({ kind: 'line', tone, text }))),
    end: () => end?.(),
    watch: begin,
    event: (event) => {
      state = afterEvent(state, event, now());
    },
    log: (line) => {
      state = afterLog(state, line, now());
    },
  };
}
