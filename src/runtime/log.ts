/** Fields of a log line: names, counts and codes; never a value, a token or a secret. */
export type LogFields = Readonly<
  Record<string, string | number | boolean | null | readonly string[]>
>;

/**
 * The log of a flush, which Powertools' `Logger` implements. `appendKeys` adds fields to every later
 * line of the same invocation.
 */
export interface Log {
  info(message: string, fields: LogFields): void;
  warn(message: string, fields: LogFields): void;
  error(message: string, fields: LogFields): void;
  appendKeys(fields: Record<string, string | readonly string[]>): void;
}
