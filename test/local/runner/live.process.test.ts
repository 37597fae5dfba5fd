import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { hasPart } from '../../support/parts.ts';
import { noTerminal, runInTerminal } from '../terminal/pseudo-terminal.ts';
import { mainPath } from './run-local.ts';

const settings = {
  ...{ SALESFORCE_EXTERNAL_ID_FIELD: 'ExternalId__c', UNKNOWN_FIELDS: 'drop' },
  ...{ PATH: process.env['PATH'] ?? '', TERM: 'xterm-256color' },
};

/** A file of records of three partitions of a topic with a long name; some are errant. */
function fileOf(records: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'live-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'records.jsonl');
  const lines = Array.from({ length: records }, (_, index) =>
    JSON.stringify({
      topic: 'crm.customers.europe.contacts.with.a.name.that.is.longer.than.many.terminals.v1',
      ...{ partition: index % 3, offset: Math.floor(index / 3) },
      value:
        index % 5 === 0 ? 'no JSON' : { ExternalId__c: `${index}`, LastName: `Contact ${index}` },
    }),
  );
  writeFileSync(path, lines.join('\n'));
  return path;
}

/** What is wrong with a frame on a terminal of so many columns. */
function faults(screen: readonly string[], columns: number): string[] {
  const labels = ['  rate ', '  total ', '  lag ', '  jobs ', '  errant '];
  const rows = screen.map((row) => row.slice(0, 9));
  return [
    ...screen.filter((row) => row.length >= columns).map((row) => `too long: ${row}`),
    ...(screen[0]?.startsWith('msk-salesforce-sink') ? [] : [`begins with ${screen[0]}`]),
    ...labels.filter((label) => rows.filter((row) => row.startsWith(label)).length !== 1),
    ...(screen.filter((row) => row.startsWith('Ctrl-C stops')).length === 1
      ? []
      : ['no last line']),
  ];
}

const local = (...line: string[]) => {
  const command = [process.execPath, mainPath, '--operation', 'upsert', ...line];
  return ['sh', '-c', `echo before; exec ${command.map((word) => `'${word}'`).join(' ')}`];
};

test.runIf(hasPart('terminal', noTerminal))(
  'the live view is never torn, and Ctrl-C gives the screen back as it was',
  async () => {
    const torn: string[] = [];
    let frames = 0;
    const onFrame = (screen: string[]) => {
      frames += 1;
      torn.push(...faults(screen, run.terminal.cols));
    };
    const line = ['--file', fileOf(6000), '--batch-size', '20', '--view', 'live'];
    const run = runInTerminal(local(...line), { columns: 70, rows: 24, env: settings, onFrame });
    onTestFinished(() => void run.kill());
    for (const [toColumns, toRows] of [
      [40, 12],
      [120, 30],
      [30, 10],
    ] as const) {
      await expect.poll(() => run.screen().join('\n'), { timeout: 20_000 }).toContain('Ctrl-C');
      expect(run.terminal.buffer.active.type).toBe('alternate');
      await run.resize(toColumns, toRows);
      const before = frames;
      await expect.poll(() => frames, { timeout: 10_000 }).toBeGreaterThan(before);
    }
    run.type('\u0003');

    expect(await run.end()).toBe(130);
    expect(torn).toEqual([]);
    const { active, normal } = run.terminal.buffer;
    expect(active.type).toBe('normal');
    expect(normal.getLine(0)?.translateToString(true)).toBe('before');
    expect(run.output().lastIndexOf('\u001b[?25h')).toBeGreaterThan(
      run.output().lastIndexOf('\u001b[?25l'),
    );
    expect(active.cursorX).toBe(0);
    expect(run.screen().join('\n')).toContain('Stopped.');
  },
  90_000,
);

test.runIf(hasPart('terminal', noTerminal)).each([
  ['--view lines', ['--view', 'lines'], {}],
  ['TERM=dumb', ['--view', 'live'], { TERM: 'dumb' }],
  ['a file', [], {}],
])(
  'with %s a terminal gets lines',
  async (_, options, variables) => {
    const line = ['--file', fileOf(20), '--batch-size', '10', ...options];
    const env = { ...settings, ...variables };
    const run = runInTerminal(local(...line), { columns: 70, rows: 24, env });

    expect(await run.end()).toBe(0);
    expect(run.output()).not.toContain('\u001b[?1049h');
    expect(run.output()).toContain('✓ flush 1');
  },
  60_000,
);
