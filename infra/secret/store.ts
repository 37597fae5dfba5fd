import {
  CreateSecretCommand,
  InvalidRequestException,
  PutSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { ClientCredentials } from './prompt.ts';

/**
 * Stores the value that the function reads in the secret `name`, and creates the secret if there is
 * none.
 *
 * Throws Error when the secret is scheduled for deletion; errors of the SDK pass through.
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
      throw new Error(`${name} is marked for deletion; restore it or wait until it is deleted`, {
        cause: error,
      });
    }
    if (!(error instanceof ResourceNotFoundException)) throw error;
  }
  const Description = 'Client id and client secret with which msk-salesforce-sink logs in';
  await client.send(new CreateSecretCommand({ Name: name, SecretString, Description }));
  return 'created';
}
