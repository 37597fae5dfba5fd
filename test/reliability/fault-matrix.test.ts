import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { stepFaults } from './faults.ts';
import { matrixText, type Played, playAll, totalsText } from './matrix.ts';
import { matrixModes } from './matrix-modes.ts';

const describeCell = ({ step, fault, cut, outcome }: Played) =>
  JSON.stringify({ step: step.name, fault: fault.name, cut, ...outcome });

describe('whatever goes wrong at whichever step of a flush', () => {
  it.each(matrixModes)('with $name', { timeout: 600_000 }, async (mode) => {
    const played = await playAll(mode);
    process.stdout.write(
      `\n${mode.name}\n${matrixText(mode, played)}\n${totalsText(mode, played)}\n`,
    );
    const wrong = played.filter(({ outcome }) => {
      const { injected, lost, repeated, unexpected } = outcome;
      const isOnce = !mode.once || repeated.length === 0;
      return !(injected && lost.length === 0 && unexpected.length === 0 && isOnce);
    });
    expect(wrong.map(describeCell)).toEqual([]);
  });

  it('matches docs/RELIABILITY.md', () => {
    const text = readFileSync('docs/RELIABILITY.md', 'utf8');
    expect(text).toContain(`| step | ${stepFaults.map(({ name }) => name).join(' | ')} |`);
    for (const mode of matrixModes) {
      const { steps } = mode;
      for (const { name } of steps) expect(text).toContain(`| ${name} | `);
      const scenarios = steps.length * stepFaults.length * 2;
      const repeated = mode.once ? '0' : '\\d+';
      const row = new RegExp(
        `^\\| ${mode.name} \\| ${scenarios} \\| \\d+ \\| 0 \\| ${repeated} \\|$`,
        'm',
      );
      expect(text).toMatch(row);
    }
    expect(text).not.toContain('| LOST |');
  });
});
