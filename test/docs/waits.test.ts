import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { chart } from '../../bench/waits/chart.ts';
import { rows } from '../../bench/waits/waits.ts';

it('docs/PERFORMANCE.md has the waits that the simulation shows', () => {
  const lines = rows.map((row) => `| ${Object.values(row).join(' | ')} |`);
  const text = readFileSync('docs/PERFORMANCE.md', 'utf8');
  expect(lines.filter((line) => !text.includes(line))).toEqual([]);
});

it('docs/waits.svg is drawn from the simulation (node bench/waits/chart.ts)', () => {
  expect(readFileSync('docs/waits.svg', 'utf8')).toBe(chart);
});
