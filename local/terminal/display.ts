import { clearLine, cursorTo } from 'node:readline';
import type { WriteStream } from 'node:tty';
import { styleText } from 'node:util';

/** What a piece of text is about, for its colour. */
export type Tone = 'plain' | 'heading' | 'faint' | 'good' | 'bad';

/**
 * Something to show. A `line` stays; `progress` is replaced by the next one, or by the next line.
 */
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

/** Where a command writes: on a terminal progress stays on one line, elsewhere each is a line. */
export interface Display {
  show(shown: readonly Shown[]): void;
  /** Lines of one tone. */
  lines(tone: Tone, ...texts: string[]): void;
  /** Ends a progress line that still stands. */
  end(): void;
}

/** Opens a display; colours only on a terminal, and not with NO_COLOR, as `styleText` decides. */
export function openDisplay(stream: WriteStream): Display {
  let progress = false;
  const styled = ({ tone, text }: Shown) => {
    const style = styles[tone];
    return style === null || text === '' ? text : styleText(style, text, { stream });
  };
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
      const text = progress ? { ...one, text: one.text.slice(0, (stream.columns || 80) - 1) } : one;
      stream.write(progress ? styled(text) : `${styled(text)}\n`);
    }
  };
  return {
    show,
    lines: (tone, ...texts) => show(texts.map((text) => ({ kind: 'line', tone, text }))),
    end: clear,
  };
}
