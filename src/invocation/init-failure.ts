import { SinkError } from '../errors.ts';
import type { Log } from '../runtime/log.ts';

/**
 * Returns `start()`; logs why the function cannot start before it throws what `start` throws, since
 * Lambda logs an error at init as text, which no query for fields finds.
 */
export function logInitFailure<T>(log: Pick<Log, 'error'>, start: () => T): T {
  try {
    return start();
  } catch (error) {
    const { code, retryable, message } =
      error instanceof SinkError ? error : new SinkError('UNEXPECTED', 'A bug in the function.');
    log.error('init failed', { code, retryable, reason: message });
    throw error;
  }
}
