import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { readOptions } from '../../../cli/plan/options.ts';
import { runPlan } from '../../../cli/plan/run.ts';
import { runCommand } from '../../support/run-command.ts';
import { sampleLoad } from './sample-load.ts';

const run = (...line: string[]) => runCommand(runPlan, line);

describe('the command line', () => {
  test('needs a rate and a size, and has a default for the rest', () => {
    const line = ['--rate', '100', '--bytes', '400'];
    expect(readOptions(line)).toEqual({ load: sampleLoad, show: 'summary' });
    expect(readOptions([...line, '--no-ledger', '--pollers', '2', '--skew', '0.5'])).toMatchObject({
      load: { ledger: false, pollers: 2, skew: 0.5 },
    });
  });

  test('needs nothing for a business day', () => {
    expect(readOptions(['--simulate', '--rate', '50'])).toMatchObject({
      load: { rate: 50, bytes: 400, profile: 'business' },
      show: 'hours',
    });
  });

  test('lists everything that is wrong with it', () => {
    expect(() => readOptions(['--bytes', 'x', '--window', '301', '--seed', '0.5'])).toThrow(
      '--rate is missing\n--bytes takes a number from 1 to 4500000\n--window takes a number from 0 to 300\n--seed takes a whole number',
    );
    expect(() => readOptions(['--rat', '1'])).toThrow("Unknown option '--rat'");
    expect(() => readOptions(['--rate', '10', '--bytes', '1', '--rate', '20'])).toThrow(
      '--rate is given twice; give it once',
    );
    expect(() => readOptions(['--simulate', '--ledger', '--no-ledger'])).toThrow(
      '--ledger is given twice',
    );
    const skewed = ['--rate', '1', '--bytes', '1', '--partitions', '4', '--skew', '0.2'];
    expect(() => readOptions(skewed)).toThrow('--skew takes at least 0.250: an even share');
  });
});

test('the command helps, and fails on what it does not know', async () => {
  expect((await run('--help')).stdout).toContain('Usage: npm run plan -- --rate');
  expect(await run('--rate', 'many', '--bytes', '1')).toEqual({
    status: 1,
    stdout: '',
    // Not the help too, which would take this off a small terminal.
    stderr: '--rate takes a number from 0.001 to 1000000\nTry npm run plan -- --help.\n',
  });
});

const operations = readFileSync('docs/OPERATIONS.md', 'utf8');

describe('docs/OPERATIONS.md', () => {
  const blocks = [...operations.matchAll(/\n\$ npm run plan -- (.+)\n([^`]+)```/g)];

  it('has a steady day and a business day', () => {
    expect(blocks.map(([, line]) => line)).toEqual(['--rate 500 --bytes 400', '--simulate']);
  });

  it.each(blocks.map(([, line = '', shown = '']) => ({ line, shown })))(
    'shows what npm run plan -- $line prints',
    async ({ line, shown }) => {
      expect((await run(...line.split(' '))).stdout).toBe(shown);
    },
  );

  it('has a row for 10, 1,000 and 50,000 records/s, as the commands beside it print them', async () => {
    const commands = [...operations.matchAll(/^npm run plan -- (.+ --row)$/gm)];
    const printed = await Promise.all(
      commands.map(async ([, line = '']) => (await run(...line.split(' '))).stdout.trim()),
    );
    expect(printed.map((row) => row.split(' | ')[0])).toEqual(['| 10', '| 1,000', '| 50,000']);
    const lines = operations.split('\n');
    expect(printed.filter((row) => !lines.includes(row))).toEqual([]);
  });
});
