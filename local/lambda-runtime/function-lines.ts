import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** One of the function's output streams, split into lines. */
export interface FunctionLines {
  /** Resolves when a line that ends with `mark` has arrived, or when the stream has ended. */
  until(mark: string): Promise<void>;
}

/**
 * Passes each line of `stream` to `onLine` as it arrives, except for the marks that `until` waits
 * for. Text before a mark on the same line is a line.
 */
export function readFunctionLines(stream: Readable, onLine: (text: string) => void): FunctionLines {
  let awaited: { mark: string; arrived: () => void } | null = null;
  const lines = createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY });
  lines.on('line', (line) => {
    if (awaited === null || !line.endsWith(awaited.mark)) return onLine(line);
    const before = line.slice(0, -awaited.mark.length);
    if (before !== '') onLine(before);
    awaited.arrived();
    return undefined;
  });
  const ended = new Promise<void>((done) => lines.once('close', done));
  return {
    until(mark) {
      const arrived = new Promise<void>((done) => {
        awaited = { mark, arrived: done };
      });
      return Promise.race([arrived, ended]);
    },
  };
}
