import { execFile, spawn } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { login } from './client.ts';

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

const run = promisify(execFile);

/** Packs a copy, because packing rewrites `package.json`; the path of the tarball. */
async function pack(folder: string): Promise<string> {
  const copy = join(folder, 'emulator');
  await cp(EMULATOR, copy, { recursive: true });
  await cp(join(ROOT, 'tsconfig.json'), join(folder, 'tsconfig.json'));
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  await run('npm', ['pack', '--pack-destination', folder], { cwd: copy });
  const packed = readFileSync(join(copy, 'package.json'), 'utf8');
  expect(JSON.parse(packed)).toEqual(manifest);
  return join(folder, `${manifest.name}-${manifest.version}.tgz`);
}

/** A project without a registry: the tarball, and the dependencies of this repository. */
async function install(folder: string, tarball: string): Promise<void> {
  const links = dependencies.map((name) => [name, `file:${join(ROOT, 'node_modules', name)}`]);
  const project = {
    private: true,
    type: 'module',
    dependencies: { ...Object.fromEntries(links), [manifest.name]: `file:${tarball}` },
  };
  await writeFile(join(folder, 'package.json'), JSON.stringify(project));
  await run('npm', ['install', '--offline', '--no-audit', '--no-fund'], { cwd: folder });
}

test('the packed emulator installs, starts by its command and by an import', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'emulator-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const project = await mkdtemp(join(tmpdir(), 'project-'));
  onTestFinished(() => rm(project, { recursive: true }));
  await install(project, await pack(folder));

  const command = spawn(join(project, 'node_modules/.bin', manifest.name), ['--port', '0']);
  onTestFinished(() => void command.kill());
  let output = '';
  command.stdout.on('data', (chunk) => {
    output += chunk;
  });
  await expect.poll(() => output, { timeout: 10_000 }).toContain('Ctrl-C');
  expect(await login(/http:\/\/[\d.]+:\d+/.exec(output)?.[0] ?? '')).toMatch(/^00D/);

  const script = `
    import { startEmulator } from '${manifest.name}';
    import contact from '${manifest.name}/objects/Contact.json' with { type: 'json' };
    const emulator = await startEmulator();
    console.log(contact.name, emulator.records('User').length);
    await emulator.close();`;
  const args = ['--input-type=module', '--eval', script];
  const { stdout } = await run(process.execPath, args, { cwd: project });
  expect(stdout).toBe('Contact 1\n');
}, 60_000);
