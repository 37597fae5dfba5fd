import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import packageJson from '../package.json' with { type: 'json' };

const root = fileURLToPath(new URL('..', import.meta.url));

/** What is built from: `git` sees no difference where only sinks files or documents changed. */
const sources = [
  ...['src', 'infra', ':!infra/sinks', 'serverless.yml'],
  ...['package.json', 'package-lock.json', 'tsconfig.json'],
];

/**
 * The release that is built here: the version and, in a checkout, the commit; `.changed` if the sources
 * differ from it. `0.2.0+a1b2c3d`, `0.2.0+a1b2c3d.changed`, or `0.2.0` without git. It is a value for a
 * tag of AWS, too.
 */
export function release(folder = root): string {
  const commit = commitOf(folder);
  if (commit === null) return packageJson.version;
  const { stdout } = spawnSync('git', ['status', '--porcelain', '--', ...sources], {
    cwd: folder,
    encoding: 'utf8',
  });
  return `${packageJson.version}+${commit}${stdout === '' ? '' : '.changed'}`;
}

/** The commit that is checked out; null without git, or for a copy inside another repository. */
function commitOf(folder: string): string | null {
  const git = (...line: string[]) =>
    execFileSync('git', line, { cwd: folder, encoding: 'utf8', stdio: 'pipe' }).trim();
  try {
    git('ls-files', '--error-unmatch', join('src', 'flush.ts'));
    return git('rev-parse', '--short=7', 'HEAD');
  } catch {
    return null;
  }
}
