import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
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

/** The release of a folder, and the warnings about it. */
function releaseOf(folder: string): { named: string; warnings: string[] } {
  const warnings: string[] = [];
  return { named: release(folder, (line) => warnings.push(line)), warnings };
}

test('without a repository the release is the version, and nothing is said', () => {
  const { folder } = folderOfSources();
  expect(releaseOf(folder)).toEqual({ named: version, warnings: [] });
});

test('a copy in the repository of something else has the version, and nothing is said', () => {
  const { folder, git } = folderOfSources();
  git('init', '--quiet');
  const copy = join(folder, 'sink');
  cpSync(join(folder, 'src'), join(copy, 'src'), { recursive: true });
  expect(releaseOf(copy)).toEqual({ named: version, warnings: [] });
});

describe('a repository that git cannot read has the version, and one line says why', () => {
  const warningOf = (folder: string) => {
    const { named, warnings } = releaseOf(folder);
    expect({ named, count: warnings.length }).toEqual({ named: version, count: 1 });
    return warnings[0];
  };

  test('git is not installed', () => {
    const { folder, git } = folderOfSources();
    git('init', '--quiet');
    vi.stubEnv('PATH', folder);
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(warningOf(folder)).toBe(
      `! The release is ${version}, without the commit: git cannot be started (ENOENT).`,
    );
  });

  test('git has no commit of the sources', () => {
    const { folder, git } = folderOfSources();
    git('init', '--quiet');
    expect(warningOf(folder)).toContain('did not match any file(s) known to git');
  });

  test('the file in place of .git leads nowhere', () => {
    const { folder } = folderOfSources();
    writeFileSync(join(folder, '.git'), 'gitdir: nowhere\n');
    expect(warningOf(folder)).toMatch(
      /^! The release is .*: fatal: not a git repository: .*nowhere/,
    );
  });

  test('the index is damaged, of a subfolder too', () => {
    const { folder, git } = folderOfSources();
    const inside = join(folder, 'sink');
    mkdirSync(inside);
    renameSync(join(folder, 'src'), join(inside, 'src'));
    git('init', '--quiet');
    git('add', '.');
    git('commit', '--quiet', '--message', 'one');
    writeFileSync(join(folder, '.git/index'), 'damaged');
    expect(warningOf(inside)).toMatch(/^! The release is .*, without the commit: .*index/);
  });
});

test('in a checkout the release names the commit, and whether its sources were changed', () => {
  const { folder, git } = folderOfSources();
  git('init', '--quiet');
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
