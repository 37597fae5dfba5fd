import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { helpText } from '../../../local/runner/help.ts';
import { optionTypes, readOptions } from '../../../local/runner/options.ts';

const document = readFileSync('docs/LOCAL.md', 'utf8');
const optionsIn = (text: string) =>
  new Set([...text.matchAll(/(?<![\w-])--([a-z][\w-]*)/g)].map(([, name = '']) => name));

/** The commands of a text that run this one, each on a line of its own. */
const commandsIn = (text: string) =>
  text
    .replace(/\\\n\s+/g, '')
    .split('\n')
    .flatMap((line) => /npm run local -- (?!HOST|--help)(.+)/.exec(line.trim())?.[1] ?? [])
    .filter((command) => !/HOST|FILE/.test(command))
    .map((command) => command.replace('contacts.jsonl', 'local/topics/contact.jsonl'));

test('the help names every option and no other', () => {
  expect([...optionsIn(helpText)].toSorted()).toEqual(Object.keys(optionTypes).toSorted());
});

test('docs/LOCAL.md names options that there are', () => {
  const [ours = ''] = document.split('## A broker in Docker');
  expect(optionsIn(ours).size).toBeGreaterThan(10);
  expect([...optionsIn(ours)].filter((name) => !Object.hasOwn(optionTypes, name))).toEqual([]);
});

test('the help tells the defaults', () => {
  for (const [name, option] of Object.entries(optionTypes)) {
    const described = new RegExp(`--${name}\\b(?:(?!\\n +-)[^])*?\\(default: ([^)\\s]+)\\)`);
    if (!('default' in option) || typeof option.default !== 'string') continue;
    expect(described.exec(helpText)?.[1], name).toBe(option.default);
  }
});

test('the help fits into 90 columns', () => {
  expect(Math.max(...helpText.split('\n').map((line) => line.length))).toBeLessThanOrEqual(90);
});

test.each(commandsIn(`${helpText}\n${document}`))('the example %s can be read', (command) => {
  const secrets = {
    ...{ KAFKA_PASSWORD: 'p', SALESFORCE_CLIENT_ID: 'i', SALESFORCE_CLIENT_SECRET: 's' },
  };
  expect(readOptions(command.split(' '), secrets)).not.toBe(null);
});
