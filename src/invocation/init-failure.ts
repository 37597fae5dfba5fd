import type { Log } from '../runtime/log.ts';
import { invocationError, stackFrames } from './invocation-error.ts';

/**
 * Runs what the function does before its first invocation. Logs one line about an error, with its
 * code: Lambda's runtime writes its own as text. Rejects with that error, as which Lambda reports it.
 */
export async function withInitLog<T>(log: Pick<Log, 'error'>, init: () => Promise<T>): Promise<T> {
  try {
    return await init();
  } catch (thrown) {
    const error = invocationError(thrown, []);
    const { code, retryable, message } = error;
    log.error('init failed', { code, retryable, reason: message, ...stackFrames(error) });
    throw thrown;
  }
}
