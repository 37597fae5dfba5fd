import { describe, expect, it } from 'vitest';
import { matrixText, type Played, playAll, totalsText } from './matrix.ts';
import { matrixParts } from './matrix-modes.ts';

const describeCell = ({ step, fault, cut, outcome }: Played) =>
  JSON.stringify({ step: step.name, fault: fault.name, cut, ...outcome });

/**
 * The tests of the parts with these names, each of which plays its steps with every fault. The parts
 * are spread over several files of tests, so that they run on every core.
 */
export function playMatrix(...names: readonly string[]): void {
  describe('whatever goes wrong at whichever step of a flush', () => {
    const parts = matrixParts.filter(({ name }) => names.includes(name));
    it.each(parts)('with $name', { timeout: 3_600_000 }, async (mode) => {
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
  });
}
