import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Choice } from 'salesforce-bulk-emulator';
import { expect, test } from 'vitest';
import { CHOICES, makeChoices } from '../../emulator/src/choices.ts';

const FOLDER = join(import.meta.dirname, '../../emulator/src');
const choices = Object.entries<Choice>(CHOICES);

/** The choices table of the README: name, question, options, why. */
function readTable(): string[][] {
  const readme = readFileSync(join(FOLDER, '../README.md'), 'utf8');
  return readme
    .split('\n')
    .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()))
    .filter((cells) => cells.length === 6 && /^`[a-z0-9-]+`$/.test(cells[1] ?? ''))
    .map((cells) => cells.slice(1, 5));
}

test('the README lists every choice as it is, and no other', () => {
  const expected = choices.map(([name, { question, options, why }]) => [
    `\`${name}\``,
    question,
    options.map((option, index) => (index === 0 ? `**${option}**` : option)).join(', '),
    why,
  ]);
  expect(readTable().toSorted()).toEqual(expected.toSorted());
});

test('every choice is named in the code that makes it, and every one named there exists', () => {
  const code = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && file !== 'choices.ts')
    .map((file) => readFileSync(join(FOLDER, file), 'utf8'))
    .join('\n');
  const named = [...code.matchAll(/choices\['([^']+)'\]|choice: ([a-z0-9-]+)\./g)].map(
    ([, lookedUp, mentioned]) => lookedUp ?? mentioned,
  );
  expect(named.filter((name) => name === undefined || !(name in CHOICES))).toEqual([]);
  expect(choices.map(([name]) => name).filter((name) => !named.includes(name))).toEqual([]);
  const decided = choices.filter(([, { options }]) => options.length > 1).map(([name]) => name);
  expect(decided.filter((name) => !code.includes(`choices['${name}']`))).toEqual([]);
});

test('a choice is its first option unless told otherwise', () => {
  for (const [name, { options }] of choices) {
    expect(Object.entries(makeChoices()).find(([known]) => known === name)?.[1]).toBe(options[0]);
  }
  expect(makeChoices({ 'second-upload': 'close' })['second-upload']).toBe('close');
});
