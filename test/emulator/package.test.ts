import { globSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const EMULATOR = join(ROOT, 'emulator');
const manifest = JSON.parse(readFileSync(join(EMULATOR, 'package.json'), 'utf8'));
const dependencies: string[] = Object.keys(manifest.dependencies);

const importsOf = (file: string): string[] =>
  [...readFileSync(join(ROOT, file), 'utf8').matchAll(/\b(?:from|import) ?\(?'([^']+)'/g)].map(
    ([, specifier]) => specifier ?? '',
  );

const filesIn = (...patterns: string[]) => globSync(patterns, { cwd: ROOT });
const packageOf = (specifier: string) => /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? '';

describe('each file of the emulator imports only its own package and declared dependencies', () => {
  test.each(filesIn('emulator/*.ts', 'emulator/src/**/*.ts'))('%s', (file) => {
    for (const specifier of importsOf(file)) {
      if (specifier.startsWith('.')) {
        const path = relative(EMULATOR, resolve(ROOT, dirname(file), specifier));
        expect(path, specifier).not.toMatch(/^\.\./);
      } else if (!isBuiltin(specifier)) expect(dependencies).toContain(packageOf(specifier));
    }
  });
});

test.each(['emulator/src', 'local', 'cli', 'infra'])('%s has no circle of imports', (folder) => {
  const graph = new Map(
    filesIn(`${folder}/**/*.ts`).map((file) => {
      const own = importsOf(file).filter((specifier) => specifier.startsWith('.'));
      return [file, own.map((one) => relative(ROOT, resolve(ROOT, dirname(file), one)))] as const;
    }),
  );
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    expect(path, [...path, file].join(' → ')).not.toContain(file);
    if (done.has(file)) return;
    for (const imported of graph.get(file) ?? []) visit(imported, [...path, file]);
    done.add(file);
  };
  expect(graph.size).toBeGreaterThan(10);
  for (const file of graph.keys()) visit(file, []);
});

test('every dependency is imported, and pinned', () => {
  const imported = new Set(filesIn('emulator/src/**/*.ts').flatMap(importsOf).map(packageOf));
  expect(dependencies.filter((name) => !imported.has(name))).toEqual([]);
  for (const version of Object.values(manifest.dependencies)) expect(version).toMatch(/^\d/);
});

test('the function imports nothing of the emulator', () => {
  const files = filesIn('src/**/*.ts');
  expect(files).not.toEqual([]);
  expect(files.filter((file) => importsOf(file).some((one) => one.includes('emulator')))).toEqual(
    [],
  );
});

test('everything else imports the emulator by its name, but for the tests of its internals', () => {
  const files = filesIn('{local,cli,infra,bench,test}/**/*.ts');
  const deep = files.filter((file) => importsOf(file).some((one) => one.includes('emulator/src')));
  expect(deep.filter((file) => !dirname(file).endsWith('test/emulator'))).toEqual([]);
});
