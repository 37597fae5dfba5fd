import { SinkError } from '../errors.ts';

/** Where a fault of ours happened, without its message. */
export function stackFrames({ cause }: SinkError): { readonly stack?: string } {
  const stack = cause instanceof Error ? (cause.stack ?? '') : '';
  const start = stack.indexOf('\n    at ');
  return start === -1 ? {} : { stack: stack.slice(start + 1) };
}

/** A fault of ours, whose own message could quote a record, so it is kept as the cause only. */
function unexpected(error: unknown): SinkError {
  const name = error instanceof Error ? error.name : typeof error;
  const message = `A fault in the function itself (${name}). Kafka redelivers the records; please report it with the stack in the log.`;
  return new SinkError('UNEXPECTED', message, { cause: error });
}

/** The error that a flush ends with: ours, and naming the records that it is about. */
export function withRecords(error: unknown, offsets: readonly string[]): SinkError {
  const known = error instanceof SinkError ? error : unexpected(error);
  return offsets.length > 0 ? known.about(offsets) : known;
}
