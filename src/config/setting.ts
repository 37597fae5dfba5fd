import * as z from 'zod/mini';
import { safeUrl } from './safe-url.ts';

/** The text used for a setting that is not set; null: optional, undefined: required. */
export type Fallback = string | null | undefined;

/** One environment variable of the function. */
export interface Setting<T, F extends Fallback = Fallback> {
  /** Valid values, as the end of the sentence "it takes …". */
  readonly takes: string;
  /** Undefined: required. Null: optional, without a default. */
  readonly fallback: F;
  readonly schema: z.ZodMiniType<T, string>;
  /** True if an invalid value could be a misplaced secret; it is then not shown. */
  readonly hidden?: boolean;
}

/** The fallback of a setting that must be given. */
export const required = undefined;

/** A schema of text that `read` takes; null: it does not. */
export const textAs = <T>(problem: string, read: (text: string) => T | null) =>
  z.pipe(
    z.string(),
    z.transform((text: string, { issues }): T => {
      const value = read(text);
      if (value !== null) return value;
      issues.push({ code: 'custom', message: problem, input: text });
      return z.NEVER;
    }),
  );

/** A schema of URLs that `read` takes; what it returns is the value. */
export const urlRead = (read: (text: string) => string | null) => textAs('no safe URL', read);

/** A schema of URLs that may carry a login: https, or http on loopback. */
export const url = urlRead(safeUrl);

/** A setting that takes one of some words. */
export const oneOf = <const T extends string>(
  values: readonly T[],
  fallback: T,
): Setting<T, string> => ({
  takes: values.map((value) => `\`${value}\``).join(', '),
  fallback,
  schema: z.enum(values as [T, ...T[]]),
});

/** A setting that takes a whole number from `range[0]` to `range[1]`. */
export const wholeNumber = (
  range: readonly [number, number],
  fallback: number,
): Setting<number, string> => ({
  takes: `a whole number from ${range[0]} to ${range[1]}`,
  fallback: String(fallback),
  schema: textAs('no whole number of the range', (text) => {
    const number = Number(text);
    return /^\d{1,9}$/.test(text) && number >= range[0] && number <= range[1] ? number : null;
  }),
});

/** A setting that takes text of a pattern. */
export const textSetting = <F extends Fallback>(
  setting: Omit<Setting<string, F>, 'schema'>,
  pattern: RegExp,
): Setting<string, F> => ({
  ...setting,
  schema: z.string().check(z.regex(pattern)),
});

/** A setting that takes a URL; a wrong one is not shown, since it may hold a secret. */
export const urlSetting = <F extends Fallback>(
  setting: Omit<Setting<string, F>, 'schema'>,
): Setting<string, F> => ({
  ...setting,
  hidden: true,
  schema: url,
});
