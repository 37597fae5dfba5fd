import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHOICES } from 'salesforce-bulk-emulator';
import { expect, test } from 'vitest';
import { assumptions } from '../contract/assumptions/assumptions.ts';
import { probes } from '../contract/choices/probes.ts';
import type { Probe } from '../contract/probe.ts';
import { reportText } from '../contract/report.ts';

const README = readFileSync(join(import.meta.dirname, '../contract/README.md'), 'utf8');

test('the README of the contract lists every question and how an org is asked', () => {
  const rows = README.split('\n').filter((line) => /^\| `[a-z0-9-]+` \|/.test(line));
  const questions: Record<string, Probe> = { ...probes, ...assumptions };
  const expected = Object.entries(questions).map(
    ([name, { how, emulatorOnly }]) => `| \`${name}\` | ${how} | ${emulatorOnly ?? 'asked'} |`,
  );
  expect(rows.toSorted()).toEqual(expected.toSorted());
  expect(Object.keys(probes).toSorted()).toEqual(Object.keys(CHOICES).toSorted());
});

test('the report says whether each answer held, and what the org does otherwise', () => {
  const unknown = probes['unknown-parents'].emulatorOnly ?? '';
  const expected = 'client-input-error';
  const answers = [
    { name: 'multipart-over-limit', expected, seen: expected, why: null },
    { name: 'second-upload', expected: 'put', seen: 'close', why: null },
    { name: 'unknown-parents', expected: 'accepted', seen: null, why: unknown },
  ];
  const text = reportText(answers, 'https://acme.my.salesforce.com');
  const lines = text.split('\n').filter((line) => /^ {2}[✓✗!] /.test(line));
  expect(README).toContain(lines.join('\n'));
  expect(text).toContain('https://acme.my.salesforce.com');
  expect(text.trimEnd()).toMatch(/1 held, 1 did not, 1 were not asked\.$/);
});

test('the README of the contract names every variable that the suite reads', () => {
  const code = readFileSync(join(import.meta.dirname, '../contract/target.ts'), 'utf8');
  const names = new Set(code.match(/\b(?:SALESFORCE|CONTRACT)_[A-Z_]+\b/g));
  expect(names.size).toBe(5);
  for (const name of names) expect(README).toContain(name);
});
