import { SinkError } from '../errors.ts';

/** The stack frames of a bug in the function, without its message, which could quote a record. */
export function stackFrames({ cause }: SinkError): { readonly stack?: string } {
  const stack = cause instanceof Error ? (cause.stack ?? '') : '';
  const start = stack.indexOf('\n    at ');
  return start === -1 ? {} : { stack: stack.slice(start + 1) };
}

/** Wraps a bug in the function. Its own message could quote a record, so it is only the cause. */
function unexpected(error: unknown): SinkError {
  const name = error instanceof Error ? error.name : typeof error;
  const message = `A bug in the function (${name}). Kafka redelivers the records. Please report it with the stack from the log.`;
  return new SinkError('UNEXPECTED', message, { cause: error });
}

/** The error that the invocation fails with: always a `SinkError`, with the coordinates of its records. */
export function invocationError(error: unknown, offsets: readonly string[]): SinkError {
  const failure = error instanceof SinkError ? error : unexpected(error);
  return offsets.length > 0 ? failure.about(offsets) : failure;
}
