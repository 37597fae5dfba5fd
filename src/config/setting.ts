import * as z from 'zod';
import { safeUrl } from './safe-url.ts';

/** One environment variable of the function. */
export interface Setting<T> {
  /** Valid values, as the end of the sentence "it takes …". */
  readonly takes: string;
  /** Undefined: required. Null: optional, without a default. */
  readonly fallback: string | null | undefined;
  readonly schema: z.ZodType<T, string>;
  /** True if an invalid value could be a misplaced secret; it is then not shown. */
  readonly hidden?: boolean;
}

/** The fallback of a setting that must be given. */
export const required = undefined;

/** A schema of URLs that `read` takes; what it returns is the value. */
export const urlRead = (read: (text: string) => string | null) =>
  z.string().transform((text, context) => {
    const base = read(text);
    if (base !== null) return base;
    context.addIssue('no safe URL');
    return z.NEVER;
  });

/** A schema of URLs that may carry a login: https, or http on loopback. */
export const url = urlRead(safeUrl);

/** A setting that takes one of some words. */
export const oneOf = <const T extends string>(values: readonly T[], fallback: T): Setting<T> => ({
  takes: values.map((value) => `\`${value}\``).join(', '),
  fallback,
  schema: z.enum(values as [T, ...T[]]),
});

/** A setting that takes a whole number from `range[0]` to `range[1]`. */
export const wholeNumber = (
  range: readonly [number, number],
  fallback: number,
): Setting<number> => ({
  takes: `a whole number from ${range[0]} to ${range[1]}`,
  fallback: String(fallback),
  schema: z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .refine((number) => number >= range[0] && number <= range[1]),
});

/** A setting that takes text of a pattern. */
export const text = (
  setting: Omit<Setting<string>, 'schema'>,
  pattern: RegExp,
): Setting<string> => ({
  ...setting,
  schema: z.string().regex(pattern),
});

/** A setting that takes a URL; a wrong one is not shown, since it may hold a secret. */
export const urlSetting = (setting: Omit<Setting<string>, 'schema'>): Setting<string> => ({
  ...setting,
  hidden: true,
  schema: url,
});
