import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Terminal } from '@xterm/headless';

const python = spawnSync('python3', ['-c', 'import pty, os; os.waitstatus_to_exitcode']);

/** Why no pseudo terminal can be opened; null if it can. */
export const noTerminal = python.status === 0 ? null : 'no Python 3.9 or newer is here';

const script = fileURLToPath(new URL('pseudo_terminal.py', import.meta.url));

/** The end of a frame of the live view. */
const frameEnd = '\u001b[?2026l';

/** Output, cut after each frame. */
const frames = (output: string): string[] => {
  const [last = '', ...ended] = output.split(frameEnd).reverse();
  return [...ended.reverse().map((frame) => `${frame}${frameEnd}`), last];
};

/**
 * Runs a command in a pseudo terminal, and shows its output in a terminal emulator. `onFrame` is called
 * after each frame that was drawn for the size that the terminal has.
 */
export function runInTerminal(
  command: readonly string[],
  size: {
    columns: number;
    rows: number;
    env: Record<string, string>;
    onFrame?: (screen: string[]) => void;
  },
) {
  const { columns, rows } = size;
  const terminal = new Terminal({ cols: columns, rows, allowProposedApi: true });
  const child = spawn('python3', [script, String(columns), String(rows), ...command], {
    env: size.env,
  });
  let output = '';
  let settled = true;
  let shown = Promise.resolve();
  const screen = () => {
    const { active } = terminal.buffer;
    return Array.from({ length: terminal.rows }, (_, row) =>
      (
        active.getLine(active.baseY + row)?.translateToString(true, 0, terminal.cols) ?? ''
      ).trimEnd(),
    );
  };
  const write = (text: string) => new Promise<void>((done) => terminal.write(text, done));
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk;
    for (const piece of frames(chunk)) {
      shown = shown.then(async () => {
        await write(piece);
        if (piece.endsWith(frameEnd) && settled) size.onFrame?.(screen());
      });
    }
  });
  return {
    terminal,
    screen,
    output: () => output,
    /** Resizes the terminal; frames that are on their way are not checked. */
    async resize(toColumns: number, toRows: number) {
      settled = false;
      await shown;
      terminal.resize(toColumns, toRows);
      child.stdin.write(`resize ${toColumns} ${toRows}\n`);
      await new Promise((done) => setTimeout(done, 400));
      settled = true;
    },
    type: (text: string) => child.stdin.write(`type ${Buffer.from(text).toString('hex')}\n`),
    kill: () => child.kill(),
    /** Resolves with the exit status when everything is shown. */
    async end(): Promise<number> {
      const [status] = await once(child, 'close');
      await shown;
      return status;
    },
  };
}
