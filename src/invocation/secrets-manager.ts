import { SecretsProvider } from '@aws-lambda-powertools/parameters/secrets';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { awsClientOptions } from '../runtime/aws-client.ts';
import type { ReadSecret } from '../salesforce/session/credentials.ts';

/** How long a secret is cached, in seconds; a refused login reads it again at once. */
const ttlSeconds = 3600;

/** Reads secrets from Secrets Manager through Powertools. */
export function secretsManager(): ReadSecret {
  const provider = new SecretsProvider({
    awsSdkV3Client: new SecretsManagerClient(awsClientOptions),
  });
  return async (secretId, fresh) => {
    const secret = await provider.get(secretId, { maxAge: ttlSeconds, forceFetch: fresh });
    return typeof secret === 'string' ? secret : undefined;
  };
}
