import type { FunctionError } from './outcome.ts';

/** The message that starts an invocation; `event` is JSON text. */
export interface Invoke {
  requestId: string;
  deadlineMs: number;
  event: string;
}

/** The messages of the process that runs the function; `value` is JSON text. */
export type HostMessage =
  | { kind: 'ready' }
  | { kind: 'init-failed'; error: FunctionError }
  | { kind: 'returned'; value: string }
  | { kind: 'threw'; error: FunctionError }
  | { kind: 'crashing'; error: FunctionError };

/**
 * The line that ends an invocation's output on each of the two streams.
 *
 * Streams and messages travel separately, so a reply does not imply that every line before it has
 * arrived. The mark starts with a control character, which no log line does.
 */
export function endMark(requestId: string): string {
  return `\u0001end of ${requestId}`;
}
