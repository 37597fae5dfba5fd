import type { Readable } from 'node:stream';

/** Pauses of a talk: each ends with a line of the input, such as Enter. */
export interface Pauses {
  next(): Promise<void>;
  /** Ends the pause, and all that follow; also the end of the input does. */
  close(): void;
}

/** Opens pauses on an input, which is read from now on. */
export function openPauses(input: Readable): Pauses {
  let lines = 0;
  let over = false;
  let wake = () => {};
  const close = () => {
    over = true;
    input.destroy();
    wake();
  };
  input.on('data', (chunk: Buffer) => {
    lines += chunk.toString().split('\n').length - 1;
    wake();
  });
  input.on('end', close);
  return {
    close,
    async next() {
      while (lines === 0 && !over) await new Promise<void>((done) => (wake = done));
      if (lines > 0) lines -= 1;
    },
  };
}
