import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { release } from '../../infra/release.ts';
import packageJson from '../../package.json' with { type: 'json' };

const { version } = packageJson;

/** A folder with a source file; its git command, with an author of its own. */
function folderOfSources() {
  const folder = mkdtempSync(join(tmpdir(), 'release-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  cpSync('src/flush.ts', join(folder, 'src/flush.ts'));
  const author = ['-c', 'user.name=A', '-c', 'user.email=a@acme.example'];
  const git = (...line: string[]) =>
    execFileSync('git', [...author, ...line], { cwd: folder, encoding: 'utf8' }).trim();
  return { folder, git };
}

test('without git the release is the version', () => {
  expect(release(folderOfSources().folder)).toBe(version);
});

test('in a checkout the release names the commit, and whether its sources were changed', () => {
  const { folder, git } = folderOfSources();
  git('init', '--quiet');
  expect(release(folder)).toBe(version);
  git('add', '.');
  git('commit', '--quiet', '--message', 'one');
  const commit = git('rev-parse', '--short=7', 'HEAD');
  expect(release(folder)).toBe(`${version}+${commit}`);
  writeFileSync(join(folder, 'README.md'), 'a sinks file or a document');
  expect(release(folder)).toBe(`${version}+${commit}`);
  mkdirSync(join(folder, 'infra/sinks'), { recursive: true });
  writeFileSync(join(folder, 'infra/sinks/prod.yml'), 'a sinks file');
  expect(release(folder)).toBe(`${version}+${commit}`);
  const added = join(folder, 'infra/role.ts');
  writeFileSync(added, 'what git does not know yet');
  expect(release(folder)).toBe(`${version}+${commit}.changed`);
  rmSync(added);
  writeFileSync(join(folder, 'src/flush.ts'), '');
  expect(release(folder)).toBe(`${version}+${commit}.changed`);
});

test('a tag of AWS can have it as its value', () => {
  expect(release()).toMatch(/^[\w .:/=+@-]{1,256}$/);
});
