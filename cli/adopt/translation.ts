/** A sink in a sinks file. */
export interface SinkEntry {
  readonly [key: string]: unknown;
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** The translation of one key. */
export interface Translation {
  readonly sink?: SinkEntry;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** A predicate of the key: that it has another meaning here, or none. */
  readonly warning?: string;
}

/** Translates the value of a key; `config` is the whole connector. */
export type Translate = (value: string, config: Readonly<Record<string, string>>) => Translation;

/** A key with the same meaning here. */
export const renamed =
  (key: string): Translate =>
  (value) => ({ sink: { [key]: value } });

/** A key without effect here. */
export const warns =
  (warning: string): Translate =>
  () => ({ warning });

/** A key without an equivalent that needs no warning. */
export const silent: Translate = () => ({});

/**
 * A number limited to the range of the setting; anything else is kept, for the sinks file to
 * refuse.
 */
export function within(value: string, [least, most]: readonly [number, number]): number | string {
  const number = Math.round(Number(value));
  return Number.isFinite(number) ? Math.min(Math.max(number, least), most) : value;
}

/** The same for milliseconds, in seconds. */
export function secondsWithin(value: string, range: readonly [number, number]): number | string {
  const seconds = Number(value) / 1000;
  return Number.isFinite(seconds) ? within(String(seconds), range) : value;
}
