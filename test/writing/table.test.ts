import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { useEmulator } from '../support/emulator.ts';
import { outcomeOf, situations } from './support/situations.ts';
import { type Operation, operations } from './support/write.ts';

const org = await useEmulator();

const columns = Object.keys(operations) as Operation[];

/** The table of docs/WRITING.md: a line for each situation, a cell for each operation. */
const documented = new Map(
  readFileSync('docs/WRITING.md', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => {
      const [, name = '', ...cells] = line.split('|').map((cell) => cell.trim());
      return [name, cells.slice(0, -1)] as const;
    }),
);

describe.each(Object.keys(situations))('%s', (situation) => {
  it('has the outcome of docs/WRITING.md', async () => {
    const outcomes: string[] = [];
    for (const operation of columns) {
      outcomes.push(await outcomeOf(org, situation, operation));
    }
    expect(outcomes).toEqual(documented.get(situation));
  });
});

it('docs/WRITING.md has a column for every operation', () => {
  expect(documented.get('what the record is')).toEqual(columns);
});
