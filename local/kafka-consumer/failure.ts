/**
 * An error with its causes and parts, the outermost first; the client wraps errors several times.
 */
export function failureChain(error: unknown): Error[] {
  if (!(error instanceof Error)) return [];
  const parts: readonly unknown[] = error instanceof AggregateError ? error.errors : [];
  return [error, ...parts.flatMap(failureChain), ...failureChain(error.cause)];
}

/**
 * The codes of all errors in a chain: Kafka's, such as `SASL_AUTHENTICATION_FAILED`, and Node's.
 */
export function failureCodes(error: unknown): Set<string> {
  const codes = failureChain(error).flatMap((one) => {
    const { apiId, code } = one as { apiId?: unknown; code?: unknown };
    return [apiId, code].filter((id) => typeof id === 'string');
  });
  return new Set(codes);
}

/** Whether a retry can never succeed, such as for a wrong password. */
export function isPermanent(error: unknown): boolean {
  const codes = failureCodes(error);
  return permanent.some((code) => codes.has(code));
}

const permanent = [
  'SASL_AUTHENTICATION_FAILED',
  'UNSUPPORTED_SASL_MECHANISM',
  'TOPIC_AUTHORIZATION_FAILED',
  'GROUP_AUTHORIZATION_FAILED',
  'CLUSTER_AUTHORIZATION_FAILED',
  'INVALID_GROUP_ID',
  'INCONSISTENT_GROUP_PROTOCOL',
  'GROUP_MAX_SIZE_REACHED',
];
