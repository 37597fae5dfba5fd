/**
 * What every AWS client of the function is given: it gives up on a silent endpoint after some
 * seconds, and tries three times in all.
 */
export const awsClient = {
  maxAttempts: 3,
  requestHandler: {
    connectionTimeout: 2_000,
    requestTimeout: 5_000,
    throwOnRequestTimeout: true,
  },
};

/** The name of the SDK's error, which Powertools keeps as the cause of its own. */
export function awsErrorName(error: unknown): string {
  const { cause } = error as { cause?: unknown };
  if (cause instanceof Error) return awsErrorName(cause);
  return error instanceof Error ? error.name : 'unknown';
}
