import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { suites } from './suites.ts';

const scripts = Object.keys(suites);

const filesOf = (script: string): string[] => {
  const { include, exclude } = suites[script as keyof typeof suites];
  return globSync(include, { exclude });
};

it('every file of tests is in one suite', () => {
  const listed = scripts.flatMap(filesOf);
  expect(listed.toSorted()).toEqual(globSync('test/**/*.test.ts').toSorted());
});

it('every suite has a script, and CI runs it', () => {
  const commands = readFileSync('.ci/run', 'utf8').split('\n');
  for (const script of scripts) {
    expect(commands).toContain(script === 'test' ? 'npm test' : `npm run ${script}`);
  }
  const all = Object.keys(JSON.parse(readFileSync('package.json', 'utf8')).scripts);
  // The soak test repeats one file with more seeds.
  const named = all.filter((name) => /^test\b/.test(name) && name !== 'test:soak');
  expect(named.toSorted()).toEqual(scripts.toSorted());
});

/** What a file imports that starts a program. */
const starts =
  /from '(node:child_process|.*\/(run-local|try-command|pseudo-terminal|local-function)\.ts)'|\bosls\b.*from '.*\/template\.ts'/;

it('what starts a program is in the suite of processes', () => {
  const files = ['test', 'test:matrix'].flatMap(filesOf);
  expect(files.filter((file) => starts.test(readFileSync(file, 'utf8')))).toEqual([]);
});
