import {
  CreateSecretCommand,
  InvalidRequestException,
  PutSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { ClientCredentials } from './prompt.ts';

/**
 * Gives the secret `name` the value that the function reads, creating it when there is none yet.
 *
 * Throws Error when the secret waits for its deletion; whatever the SDK throws otherwise.
 */
export async function storeSecret(
  client: SecretsManagerClient,
  name: string,
  credentials: ClientCredentials,
): Promise<'created' | 'updated'> {
  const SecretString = JSON.stringify(credentials);
  try {
    await client.send(new PutSecretValueCommand({ SecretId: name, SecretString }));
    return 'updated';
  } catch (error) {
    if (error instanceof InvalidRequestException) {
      throw new Error(`${name} is marked for deletion; restore it or wait until it is gone`, {
        cause: error,
      });
    }
    if (!(error instanceof ResourceNotFoundException)) throw error;
  }
  const Description = 'Client id and client secret with which msk-salesforce-sink logs in';
  await client.send(new CreateSecretCommand({ Name: name, SecretString, Description }));
  return 'created';
}
