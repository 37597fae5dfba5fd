import type { z } from 'zod';
import type { Path } from './document.ts';
import { aboutUnknownKey } from './known-keys.ts';

/** A problem at a path of a sinks file; `says` is a predicate of the last key. */
export interface Issue {
  readonly path: Path;
  readonly says: string;
}

type ZodIssue = z.core.$ZodIssue;

/** The issues of a schema with `value`, which is at `path`. */
export function issuesOf(error: z.ZodError | undefined, path: Path, value: unknown): Issue[] {
  return (error?.issues ?? []).flatMap((issue) => {
    const inner = issue.path.map((part) => (typeof part === 'number' ? part : String(part)));
    return sentences(issue, valueAt(value, inner), [...path, ...inner]).map(
      ({ path: more, says }) => ({
        path: [...path, ...inner, ...more],
        says,
      }),
    );
  });
}

function sentences(issue: ZodIssue, got: unknown, at: Path): Issue[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: [key], says: aboutUnknownKey(key, at) }));
  }
  if (issue.code === 'invalid_key') {
    return [{ path: [], says: issue.issues.map(({ message }) => message).join(' and ') }];
  }
  return [{ path: [], says: `${issue.message}; it is ${shown(got)}` }];
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined,
    value,
  );
}

function shown(value: unknown): string {
  if (value === undefined || value === null || value === '') return 'missing';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'a map' : JSON.stringify(value).slice(0, 100);
}
