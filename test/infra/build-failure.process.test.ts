import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { failureText } from '../../infra/build-failure.ts';
import { bareEnvironment } from '../support/environment.ts';
import { root } from './template.ts';

/** A copy of what is built from. */
function copyOfProject(): string {
  const folder = mkdtempSync(join(tmpdir(), 'build-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const manifests = ['package.json', 'package-lock.json', 'tsconfig.json', 'serverless.yml'];
  for (const name of ['infra', 'src', ...manifests]) {
    cpSync(join(root, name), join(folder, name), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

/** Builds there as `npm run build` does. */
function build(folder: string) {
  const { status, stderr } = spawnSync(process.execPath, [join(folder, 'infra/build.ts')], {
    encoding: 'utf8',
    env: bareEnvironment,
  });
  return { status, stderr };
}

test.each<[string, (folder: string) => void, string]>([
  [
    'dist is a file',
    (folder) => writeFileSync(join(folder, 'dist'), ''),
    'Not built: dist is a file where the build makes a folder (ENOTDIR). Delete it.',
  ],
  [
    'a folder is where a file is written',
    (folder) => mkdirSync(join(folder, 'dist/sink.mjs'), { recursive: true }),
    'Not built: dist/sink.mjs is a folder where the build has a file (EISDIR). Delete it.',
  ],
  [
    'package-lock.json is missing',
    (folder) => rmSync(join(folder, 'package-lock.json')),
    'Not built: there is no package-lock.json (ENOENT). Restore it.',
  ],
  [
    'package-lock.json is damaged',
    (folder) => writeFileSync(join(folder, 'package-lock.json'), '{'),
    'Not built: package-lock.json is not JSON. Restore it.',
  ],
])('a build fails with one line that says what to do: %s', (_, damage, line) => {
  const folder = copyOfProject();
  damage(folder);
  expect(build(folder)).toEqual({ status: 1, stderr: `${line}\n` });
});

test('an error of esbuild is printed once', () => {
  const folder = copyOfProject();
  writeFileSync(join(folder, 'src/handlers/sink.ts'), 'export const = 1;\n');
  const { status, stderr } = build(folder);
  expect([status, stderr.match(/Expected identifier/g)?.length]).toEqual([1, 1]);
  expect(stderr).not.toContain('Not built');
});

test('npm run package says it without a stack trace', () => {
  const folder = copyOfProject();
  writeFileSync(join(folder, 'dist'), '');
  const { status, stdout } = spawnSync(
    process.execPath,
    [join(folder, 'infra/osls.ts'), 'package'],
    { encoding: 'utf8', env: bareEnvironment },
  );
  expect([status, stdout]).toEqual([1, expect.stringContaining('Not built: dist is a file where')]);
  expect(stdout).not.toMatch(/^ +at /m);
});

test('npm run package says that its folder is a file, before it builds', () => {
  const folder = copyOfProject();
  writeFileSync(join(folder, '.serverless'), '');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(folder, 'infra/osls.ts'), 'package'],
    { encoding: 'utf8', env: bareEnvironment },
  );
  expect({ status, stdout, stderr }).toEqual({
    status: 1,
    stdout: '',
    stderr: `Nothing was packaged: ${join(folder, '.serverless')} is a file; move it away, or change its rights\n`,
  });
});

const failure = (code: string, path?: string) =>
  failureText(Object.assign(new Error(`${code}: of the system`), { code, path }));

test('an error of the system says which path it is about, and what to do', () => {
  expect(failure('EACCES', join(root, 'dist/meta.json'))).toBe(
    'Not built: the rights of dist/meta.json do not allow the build to use it (EACCES). Change its owner or rights, or delete it.',
  );
  const mkdir = { code: 'ENOENT', syscall: 'mkdir', path: join(root, 'dist/sink-parts') };
  expect(failureText(Object.assign(new Error(''), mkdir))).toBe(
    'Not built: the folder dist/sink-parts cannot be made (ENOENT). Is its disk read-only? Build where it can be written.',
  );
  expect(failure('ENOSPC')).toBe('Not built: the disk is full (ENOSPC). Make room on it.');
  expect(failure('EIO', join(root, 'dist/meta.json'))).toBe('Not built: EIO: of the system');
  expect(failureText('x')).toBe('Not built: x');
});
