/**
 * Options of every AWS client of the function: a silent endpoint times out after seconds, and a
 * request is tried three times.
 */
export const awsClientOptions = {
  maxAttempts: 3,
  requestHandler: {
    connectionTimeout: 2_000,
    requestTimeout: 5_000,
    throwOnRequestTimeout: true,
  },
};

/** The name of the SDK's error; Powertools wraps it as the cause of its own. */
export function awsErrorName(error: unknown): string {
  const { cause } = error as { cause?: unknown };
  if (cause instanceof Error) return awsErrorName(cause);
  return error instanceof Error ? error.name : 'unknown';
}
