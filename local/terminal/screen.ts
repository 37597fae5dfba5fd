import type { WriteStream } from 'node:tty';
import { type Shown, styled } from './display.ts';
import { cutTo } from './width.ts';

/** Columns and rows of a terminal. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** The whole terminal, which is given back as it was. */
export interface Screen {
  /** Draws again now; otherwise when the terminal is resized. */
  draw(): void;
  /** Gives the terminal back. */
  close(): void;
}

// Source: xterm control sequences, "DECSET".
const alternate = { on: '\u001b[?1049h', off: '\u001b[?1049l' };
const cursor = { show: '\u001b[?25h', hide: '\u001b[?25l' };
/** What is between these appears at once; terminals that do not know them ignore them. */
const update = { begin: '\u001b[?2026h', end: '\u001b[?2026l' };
const home = '\u001b[H';
const clearRestOfLine = '\u001b[K';
const clearBelow = '\u001b[J';

/**
 * Opens the alternate screen, on which `view` is drawn. A frame is one write, each line of it is cut to
 * the terminal and none is followed by a line break at the end, so that nothing wraps or scrolls. The
 * screen before it and its cursor are back after `close`, or when the process exits.
 */
export function openScreen(stream: WriteStream, view: (size: Size) => readonly Shown[]): Screen {
  let isOpen = false;
  const draw = () => {
    if (!isOpen) return;
    const { columns = 80, rows = 24 } = stream;
    const lines = view({ columns, rows })
      .slice(0, rows)
      .map((shown) => styled({ ...shown, text: cutTo(shown.text, columns - 1) }, stream));
    const frame = lines.map((line) => `${line}${clearRestOfLine}`).join('\r\n');
    stream.write(`${update.begin}${home}${frame}${clearBelow}${update.end}`);
  };
  const enter = () => {
    isOpen = true;
    stream.write(`${alternate.on}${cursor.hide}`);
    draw();
  };
  const leave = () => {
    if (isOpen) stream.write(`${cursor.show}${alternate.off}`);
    isOpen = false;
  };
  /** Ctrl-Z: the shell gets its screen, and the view comes back with the process. */
  const suspend = () => {
    leave();
    process.once('SIGCONT', enter);
    process.kill(process.pid, 'SIGSTOP');
  };
  process.on('exit', leave).on('SIGTSTP', suspend);
  stream.on('resize', draw);
  enter();
  return {
    draw,
    close: () => {
      leave();
      stream.off('resize', draw);
      process.off('exit', leave).off('SIGTSTP', suspend).off('SIGCONT', enter);
    },
  };
}
