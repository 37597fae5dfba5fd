import { PassThrough } from 'node:stream';
import { WriteStream } from 'node:tty';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDisplay, type Shown } from '../../../local/terminal/display.ts';

const shown: Shown[] = [
  { kind: 'progress', tone: 'faint', text: 'look 1' },
  { kind: 'progress', tone: 'faint', text: 'look 2' },
  { kind: 'line', tone: 'good', text: 'done' },
];

const environment = process.env;
beforeEach(() => {
  // Nothing else of it may say whether there are colours, as CI does.
  process.env = { TERM: 'xterm-256color' };
});
afterEach(() => {
  process.env = environment;
});

function written(terminal: { columns: number } | null): string {
  const written: string[] = [];
  const stream = new PassThrough().on('data', (chunk: Buffer) => written.push(chunk.toString()));
  const { getColorDepth } = WriteStream.prototype;
  Object.assign(stream, terminal === null ? {} : { isTTY: true, ...terminal, getColorDepth });
  openDisplay(stream as unknown as WriteStream).show(shown);
  return written.join('');
}

test('without a terminal every progress is a line, and nothing is coloured', () => {
  expect(written(null)).toBe('look 1\nlook 2\ndone\n');
});

test('on a terminal progress stays on one line, which the next line takes over', () => {
  const wiped = '\u001b[2K\u001b[1G';

  expect(written({ columns: 80 })).toBe(
    `\u001b[90mlook 1\u001b[39m${wiped}\u001b[90mlook 2\u001b[39m${wiped}\u001b[32mdone\u001b[39m\n`,
  );
});

test('progress is cut to the width of the terminal, so that it can be wiped', () => {
  expect(written({ columns: 5 })).toContain('loo…\u001b[39m');
});

test('NO_COLOR keeps a terminal without colours', () => {
  process.env['NO_COLOR'] = '1';

  expect(written({ columns: 80 })).not.toContain('\u001b[3');
});
