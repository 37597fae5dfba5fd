import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
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
 * tag of AWS, too. `warn` gets a line if there is a repository that git cannot read.
 */
export function release(folder = root, warn: (line: string) => void = () => undefined): string {
  const { version } = packageJson;
  try {
    return isCopy(folder) ? version : `${version}+${commitOf(folder)}`;
  } catch (error) {
    if (!(error instanceof GitFailure)) throw error;
    if (!isInRepository(folder)) return version;
    warn(`! The release is ${version}, without the commit: ${error.message}`);
    return version;
  }
}

/** git failed; the message is its first line. */
class GitFailure extends Error {
  /** Null: it was not started, or was killed. */
  readonly status: number | null;

  constructor(message: string, status: number | null) {
    super(message);
    this.name = 'GitFailure';
    this.status = status;
  }
}

/** What git prints. Throws GitFailure. */
function git(folder: string, ...line: string[]): string {
  const { error, status, stdout, stderr } = spawnSync('git', line, {
    cwd: folder,
    encoding: 'utf8',
  });
  if (error !== undefined) {
    const { code = error.message } = error as NodeJS.ErrnoException;
    throw new GitFailure(`git cannot be started (${code}).`, null);
  }
  if (status === 0) return stdout.trim();
  const [first = ''] = stderr.trim().split('\n');
  throw new GitFailure(first || `git ${line[0]} ended with the status ${status}.`, status);
}

/** The commit that is checked out. Throws GitFailure. */
function commitOf(folder: string): string {
  const commit = git(folder, 'rev-parse', '--short=7', 'HEAD');
  const changes = git(folder, 'status', '--porcelain', '--', ...sources);
  return `${commit}${changes === '' ? '' : '.changed'}`;
}

/** Whether the folder is untracked in the repository of something else. Throws GitFailure. */
function isCopy(folder: string): boolean {
  try {
    git(folder, 'ls-files', '--error-unmatch', join('src', 'flush.ts'));
    return false;
  } catch (error) {
    // The status for a file that git does not track.
    const isUntracked = error instanceof GitFailure && error.status === 1;
    if (isUntracked && !isRepository(folder)) return true;
    throw error;
  }
}

/** Whether the folder has a repository, or the file that leads to one. */
const isRepository = (folder: string): boolean => existsSync(join(folder, '.git'));

/** Whether the folder, or one that it is in, has a repository. */
function isInRepository(folder: string): boolean {
  const parent = dirname(folder);
  return isRepository(folder) || (parent !== folder && isInRepository(parent));
}
