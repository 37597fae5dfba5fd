import { expect, it } from 'vitest';
import { describeCase, summary } from './model/describe-case.ts';
import { drawScenario } from './model/draw.ts';
import { playSeeds } from './model/lanes.ts';
import { totals } from './model/totals.ts';

const one = process.env['MODEL_SEED'];
const first = Number(process.env['MODEL_FROM'] ?? '1');
const count = Number(process.env['MODEL_SEEDS'] ?? '50');
const seeds =
  one === undefined ? Array.from({ length: count }, (_, n) => first + n) : [Number(one)];

/** How many broken seeds are printed in full. */
const shown = 3;

it('a seed draws the same scenario each time', () => {
  for (const seed of seeds.slice(0, 20)) expect(drawScenario(seed)).toEqual(drawScenario(seed));
});

it('whatever is drawn, each record ends in one place, and each row holds what its records say', async () => {
  const checked = await playSeeds(seeds);
  const broken = checked.filter(({ violations }) => violations.length > 0);
  process.stdout.write(`\n${totals(checked)}\n`);
  if (one !== undefined) process.stdout.write(`${checked.map(describeCase).join('\n')}\n`);
  const text = [...broken.slice(0, shown).map(describeCase), summary(broken)].join('\n\n');
  expect(broken.length === 0 ? '' : text).toBe('');
}, 3_600_000);
