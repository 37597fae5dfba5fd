import { SecretsProvider } from '@aws-lambda-powertools/parameters/secrets';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { ReadSecret } from './salesforce/session/credentials.ts';

/** How long a secret is kept, in seconds; a refused login reads it again at once. */
const keptForSeconds = 3600;

/**
 * Reads secrets from Secrets Manager through Powertools. The client gives up on a silent endpoint
 * after some seconds and tries three times in all.
 */
export function secretsManager(): ReadSecret {
  const provider = new SecretsProvider({
    awsSdkV3Client: new SecretsManagerClient({
      maxAttempts: 3,
      requestHandler: {
        connectionTimeout: 2_000,
        requestTimeout: 5_000,
        throwOnRequestTimeout: true,
      },
    }),
  });
  return async (secretId, fresh) => {
    const secret = await provider.get(secretId, { maxAge: keptForSeconds, forceFetch: fresh });
    return typeof secret === 'string' ? secret : undefined;
  };
}
