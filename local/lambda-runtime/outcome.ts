/** An error as Lambda reports one: the fields of a failed invocation's response. */
export interface FunctionError {
  errorType: string;
  errorMessage: string;
  trace: readonly string[];
}

/**
 * How one invocation ended.
 *
 * `returned` is the only success, whatever the value: without partial batch responses Lambda looks
 * at nothing but the error flag (AWS Lambda developer guide, kafka-retry-configurations). `value`
 * went through JSON, so undefined arrives as null.
 *
 * `threw`: the handler rejected. `timed-out`: the process was killed at the function's time-out.
 * `crashed`: the process ended by itself or by a signal; `exitCode` is null after a signal, `signal`
 * is null after an exit. `init-failed`: the module could not be loaded, so no handler ran.
 */
export type Outcome =
  | { kind: 'returned'; requestId: string; value: unknown }
  | ({ kind: 'threw' | 'timed-out' | 'init-failed'; requestId: string } & FunctionError)
  | ({
      kind: 'crashed';
      requestId: string;
      exitCode: number | null;
      signal: NodeJS.Signals | null;
    } & FunctionError);

/** Whatever was thrown, as Lambda's Node.js runtime reports it. */
export function functionError(thrown: unknown): FunctionError {
  if (!(thrown instanceof Error)) {
    return { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };
  }
  const { name, message, stack } = thrown;
  return { errorType: name, errorMessage: message, trace: stack?.split('\n') ?? [] };
}
