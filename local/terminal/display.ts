import { clearLine, cursorTo } from 'node:readline';
import type { WriteStream } from 'node:tty';
import { styleText } from 'node:util';
import { cutTo } from './width.ts';

/** The meaning of a text, which decides its colour. */
export type Tone = 'plain' | 'heading' | 'faint' | 'good' | 'bad';

/** A text to show. A `line` stays; `progress` is replaced by the next text. */
export interface Shown {
  kind: 'line' | 'progress';
  tone: Tone;
  text: string;
}

const styles: Readonly<Record<Tone, Parameters<typeof styleText>[0] | null>> = {
  plain: null,
  heading: 'bold',
  faint: 'gray',
  good: 'green',
  bad: 'red',
};

/**
 * The output of a command: on a terminal progress stays on one line, elsewhere each text is a line.
 */
export interface Display {
  show(shown: readonly Shown[]): void;
  /** Shows lines of one tone. */
  lines(tone: Tone, ...texts: string[]): void;
  /** Clears a progress line. */
  end(): void;
}

/** A text in the colour of its tone; `styleText` uses colours only on a terminal and without NO_COLOR. */
export function styled({ tone, text }: Shown, stream: WriteStream): string {
  const style = styles[tone];
  return style === null || text === '' ? text : styleText(style, text, { stream });
}

/** Opens a display. */
export function openDisplay(stream: WriteStream): Display {
  let progress = false;
  const clear = () => {
    if (!progress) return;
    clearLine(stream, 0);
    cursorTo(stream, 0);
    progress = false;
  };
  const show = (shown: readonly Shown[]) => {
    for (const one of shown) {
      clear();
      progress = one.kind === 'progress' && stream.isTTY;
      const text = progress ? { ...one, text: cutTo(one.text, (stream.columns || 80) - 1) } : one;
      stream.write(progress ? styled(text, stream) : `${styled(text, stream)}\n`);
    }
  };
  return {
    show,
    lines: (tone, ...texts) => show(texts.map((text) => ({ kind: 'line', tone, text }))),
    end: clear,
  };
}
