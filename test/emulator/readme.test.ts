import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Emulator, startEmulator } from 'salesforce-bulk-emulator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callNames } from '../../emulator/src/fault/fault.ts';
import { readObjects, standardObjects } from '../../emulator/src/object/library.ts';

const README = readFileSync(join(import.meta.dirname, '../../emulator/README.md'), 'utf8');
const blocksOf = (language: string) =>
  README.split(`\`\`\`${language}\n`)
    .slice(1)
    .map((part) => part.split('```')[0] ?? '');

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

test('the methods in the examples exist', () => {
  const named = blocksOf('ts').flatMap((code) => [...code.matchAll(/\bemulator\.(\w+)/g)]);
  expect(named.length).toBeGreaterThan(10);
  for (const [, name = ''] of named) expect(emulator).toHaveProperty(name);
});

test('the README names every method', () => {
  const methods = Object.keys(emulator).filter((name) => name !== 'url');
  for (const name of methods) expect(README).toMatch(new RegExp(`\\b${name}\\b`));
});

test('the README names every call that a fault can hit, and every control', async () => {
  for (const name of callNames) expect(README).toContain(`\`${name}\``);
  const { controls: known } = (await (await fetch(`${emulator.url}/__emulator/x`)).json()) as {
    controls: string[];
  };
  for (const control of known) {
    expect(README).toContain(`/__emulator/${control.split(' ')[1]}`);
  }
});

test('the README names the objects, and each but User has the two external ids', () => {
  const section = README.slice(README.indexOf('## Objects'), README.indexOf('## Choices'));
  for (const object of readObjects([standardObjects]).all()) {
    const keys = object.fields.filter(({ externalId, unique }) => externalId && unique);
    expect([object.name, keys.map(({ name }) => name)]).toEqual([
      object.name,
      object.name === 'User' ? [] : ['ExternalId__c', 'KafkaRecordId__c'],
    ]);
    expect(section).toContain(object.custom ? 'a custom object' : object.name);
  }
});
