import { describe, expect, it } from 'vitest';
import { matrixText, type Played, playAll, totalsText } from './matrix.ts';
import { modes } from './modes.ts';

const told = ({ step, fault, cut, outcome }: Played) =>
  JSON.stringify({ step: step.name, fault: fault.name, cut, ...outcome });

describe('whatever goes wrong at whichever step of a flush', () => {
  it.each(modes)('with $name', { timeout: 300_000 }, async (mode) => {
    const played = await playAll(mode);
    process.stdout.write(
      `\n${mode.name}\n${matrixText(mode, played)}\n${totalsText(mode, played)}\n`,
    );
    const wrong = played.filter(({ outcome }) => {
      const { struck, lost, repeated, unexpected } = outcome;
      const isOnce = !mode.once || repeated.length === 0;
      return !(struck && lost.length === 0 && unexpected.length === 0 && isOnce);
    });
    expect(wrong.map(told)).toEqual([]);
  });
});
