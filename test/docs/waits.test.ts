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

it('README.md says how often the sink polls a job of 40 s, and how late it sees its end', () => {
  const row: Readonly<Record<string, string>> =
    rows.find(({ jobs }) => jobs === '40 s ±25 %') ?? {};
  const [polls, late] = row['sink']?.split(' / ') ?? [];
  const [pollsOf5s] = row['every 5 s (simple-salesforce, Redpanda)']?.split(' / ') ?? [];
  expect(readFileSync('README.md', 'utf8')).toContain(
    `Jobs of 40 s ±25 % are polled ${polls} times and seen ${late} late; a poll every 5 s needs ${pollsOf5s} for that`,
  );
});
