import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Choice } from 'salesforce-bulk-emulator';
import { expect, test } from 'vitest';
import { CHOICES, makeChoices } from '../../emulator/src/choices.ts';
import { assumptions } from '../contract/assumptions/assumptions.ts';

const FOLDER = join(import.meta.dirname, '../../emulator/src');
const choices = Object.entries<Choice>(CHOICES);

/** The cells of a table of the README, by the heading of its section. */
function readTable(heading: 'Choices' | 'Assumptions'): string[][] {
  const readme = readFileSync(join(FOLDER, '../README.md'), 'utf8');
  const [, section = ''] = readme.split(`\n## ${heading}\n`);
  return (section.split('\n## ')[0] ?? '')
    .split('\n')
    .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()))
    .filter((cells) => /^`[a-z0-9-]+`$/.test(cells[1] ?? ''))
    .map((cells) => cells.slice(1, -1));
}

test('the README lists every choice as it is, and no other', () => {
  const expected = choices.map(([name, { question, options, why }]) => [
    `\`${name}\``,
    question,
    options.map((option, index) => (index === 0 ? `**${option}**` : option)).join(', '),
    why,
  ]);
  expect(readTable('Choices').toSorted()).toEqual(expected.toSorted());
});

test('the README lists every assumption as it is, and no other', () => {
  const expected = Object.entries(assumptions).map(([name, { does }]) => [`\`${name}\``, does]);
  expect(readTable('Assumptions').toSorted()).toEqual(expected.toSorted());
});

test('every choice and assumption is named in its code, and every one named there exists', () => {
  const code = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && file !== 'choices.ts')
    .map((file) => readFileSync(join(FOLDER, file), 'utf8'))
    .join('\n');
  const named = [...code.matchAll(/choices\['([^']+)'\]|choice: ([a-z0-9-]+)\./g)].map(
    ([, lookedUp, mentioned]) => lookedUp ?? mentioned,
  );
  expect(named.filter((name) => name === undefined || !(name in CHOICES))).toEqual([]);
  const chosen = choices.map(([name]) => name);
  expect(chosen.filter((name) => !named.includes(name))).toEqual([]);
  expect(chosen.filter((name) => !code.includes(`choices['${name}']`))).toEqual([]);
  const assumed = [...code.matchAll(/assumption: ([a-z0-9-]+)\./g)].map(([, name]) => name);
  expect([...new Set(assumed)].toSorted()).toEqual(Object.keys(assumptions).toSorted());
});

test('a choice is its first option by default', () => {
  for (const [name, { options }] of choices) {
    expect(Object.entries(makeChoices()).find(([known]) => known === name)?.[1]).toBe(options[0]);
  }
  expect(makeChoices({ 'second-upload': 'close' })['second-upload']).toBe('close');
});
