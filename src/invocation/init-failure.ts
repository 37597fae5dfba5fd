import { SinkError } from '../errors.ts';
import type { Log } from '../runtime/log.ts';

/**
 * Returns the result of `start`; logs why the function cannot start before it throws what `start`
 * throws, since Lambda logs an error at init as text, which no query for fields finds.
 */
export async function loggingInitFailure<T>(
  log: Pick<Log, 'error'>,
  start: () => T | Promise<T>,
): Promise<T> {
  try {
    return await start();
  } catch (error) {
    const { code, retryable, message } =
      error instanceof SinkError ? error : new SinkError('UNEXPECTED', 'A bug in the function.');
    log.error('init failed', { code, retryable, reason: message });
    throw error;
  }
}
