import type { FunctionError } from './outcome.ts';

/** What the event source tells the process that holds the function; `event` is JSON text. */
export interface Invoke {
  requestId: string;
  deadlineMs: number;
  event: string;
}

/** What that process tells the event source; `value` is JSON text. */
export type HostMessage =
  | { kind: 'ready' }
  | { kind: 'init-failed'; error: FunctionError }
  | { kind: 'returned'; value: string }
  | { kind: 'threw'; error: FunctionError }
  | { kind: 'crashing'; error: FunctionError };

/**
 * The line that ends an invocation's output on each of the two streams.
 *
 * The streams and the messages travel apart, so an outcome alone does not say that every line
 * before it has arrived. It begins with a control character: no log line looks like it.
 */
export function endMark(requestId: string): string {
  return `\u0001end of ${requestId}`;
}
