/** An error in the response of a failed invocation. */
export interface FunctionError {
  errorType: string;
  errorMessage: string;
  trace: readonly string[];
}

/**
 * The outcome of an invocation.
 *
 * `returned` is the only success, whatever the value: without partial batch responses Lambda checks
 * only the error flag (AWS Lambda developer guide, kafka-retry-configurations). `value` passed
 * through JSON, so undefined arrives as null.
 *
 * `threw`: the handler rejected. `timed-out`: the process was killed at the function's timeout.
 * `crashed`: the process exited or was ended by a signal; `exitCode` is null after a signal,
 * `signal` is null after an exit. `init-failed`: the module could not be loaded, so no handler ran.
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

/** A thrown value, as Lambda's Node.js runtime reports it. */
export function functionError(thrown: unknown): FunctionError {
  if (!(thrown instanceof Error)) {
    return { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };
  }
  const { name, message, stack } = thrown;
  return { errorType: name, errorMessage: message, trace: stack?.split('\n') ?? [] };
}
