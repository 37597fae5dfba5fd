/** A sink as it is written into a sinks file. */
export interface SinkEntry {
  readonly [key: string]: unknown;
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** What one key of a connector becomes here, and what its owner should know about that. */
export interface Translation {
  readonly sink?: SinkEntry;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** A predicate of the key: that it means something else here, or nothing. */
  readonly warning?: string;
}

/** Translates the value of a key; `config` is the whole connector. */
export type Translate = (value: string, config: Readonly<Record<string, string>>) => Translation;

/** A key that means the same here. */
export const becomes =
  (key: string): Translate =>
  (value) => ({ sink: { [key]: value } });

/** A key that has nothing to say here. */
export const noUse =
  (warning: string): Translate =>
  () => ({ warning });

/** A key that needs no counterpart and no word. */
export const silent: Translate = () => ({});

/** A number put between what the setting takes; anything else is left for the sinks file to refuse. */
export function within(value: string, [least, most]: readonly [number, number]): number | string {
  const number = Math.round(Number(value));
  return Number.isFinite(number) ? Math.min(Math.max(number, least), most) : value;
}

/** The same of milliseconds, in seconds. */
export function secondsWithin(value: string, range: readonly [number, number]): number | string {
  const seconds = Number(value) / 1000;
  return Number.isFinite(seconds) ? within(String(seconds), range) : value;
}
