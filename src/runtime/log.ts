/** What may stand in a log line: names, counts and codes; never a value, a token or a secret. */
export type LogFields = Readonly<
  Record<string, string | number | boolean | null | readonly string[]>
>;

/**
 * Where the lines of a flush go; Powertools' `Logger` fits. `appendKeys` adds fields to every line
 * that follows in the same invocation.
 */
export interface Log {
  info(message: string, fields: LogFields): void;
  warn(message: string, fields: LogFields): void;
  error(message: string, fields: LogFields): void;
  appendKeys(fields: Record<string, string | readonly string[]>): void;
}
