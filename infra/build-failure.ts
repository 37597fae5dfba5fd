import { statSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The files of a build that the text of an error of the system is about. */
type SystemError = Error & {
  readonly code?: string;
  readonly syscall?: string;
  readonly path?: string;
  readonly dest?: string;
};

/** Why a build failed, in one line that says what to do; null: esbuild has printed it. */
export function failureText(error: unknown): string | null {
  if (!(error instanceof Error)) return `Not built: ${error}`;
  // A BuildFailure of esbuild.
  if (Array.isArray((error as { readonly errors?: unknown }).errors)) return null;
  return `Not built: ${reasonOf(error)}`;
}

function reasonOf({ code, syscall, path, dest, message }: SystemError): string {
  if (code === 'ENOSPC' || code === 'EDQUOT') return `the disk is full (${code}). Make room on it.`;
  const full = dest ?? path;
  if (full === undefined) return message;
  const shown = (name: string) => relative(root, name);
  switch (code) {
    case 'ENOENT': {
      // Node's recursive mkdir says so of a disk that cannot be written.
      if (syscall === 'mkdir') {
        return `the folder ${shown(full)} cannot be made (${code}). Is its disk read-only? Build where it can be written.`;
      }
      const remedy = full.includes('node_modules') ? 'Run npm ci.' : 'Restore it.';
      return `there is no ${shown(full)} (${code}). ${remedy}`;
    }
    case 'ENOTDIR':
    case 'EEXIST':
      return `${shown(existing(full))} is a file where the build makes a folder (${code}). Delete it.`;
    case 'EISDIR':
      return `${shown(full)} is a folder where the build has a file (${code}). Delete it.`;
    case 'EACCES':
    case 'EPERM':
      return `the rights of ${shown(full)} do not allow the build to use it (${code}). Change its owner or rights, or delete it.`;
    case 'EROFS':
      return `${shown(full)} is on a disk that cannot be written (${code}). Build where it can.`;
    default:
      return message;
  }
}

/** The nearest part of a path that exists. */
function existing(path: string): string {
  const isThere = statSync(path, { throwIfNoEntry: false }) !== undefined;
  return isThere || path === dirname(path) ? path : existing(dirname(path));
}
