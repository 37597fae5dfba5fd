import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { stepFaults } from './faults.ts';
import { matrixModes, matrixParts } from './matrix-modes.ts';

it('every mode is played, each part of it once', () => {
  const files = globSync('fault-matrix*.test.ts', { cwd: import.meta.dirname });
  const played = files.flatMap((file) => {
    const text = readFileSync(`${import.meta.dirname}/${file}`, 'utf8');
    const [, names = ''] = /^playMatrix\((.+)\);$/m.exec(text) ?? [];
    return [...names.matchAll(/'([^']+)'/g)].map(([, name]) => name);
  });
  expect(played.toSorted()).toEqual(matrixParts.map(({ name }) => name).toSorted());
  for (const mode of matrixModes) {
    const parts = matrixParts.filter(({ name }) => name.startsWith(mode.name));
    expect(parts.flatMap(({ steps }) => steps)).toEqual(mode.steps);
  }
});

it('docs/RELIABILITY.md shows every step and fault, and nothing lost', () => {
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
