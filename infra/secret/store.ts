import {
  CreateSecretCommand,
  InvalidRequestException,
  PutSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { NamedSecret } from './chosen-secret.ts';
import type { ClientCredentials } from './prompt.ts';

/** A secret and its value. */
interface NewSecret extends NamedSecret {
  readonly credentials: ClientCredentials;
}

/** The error of an action of Secrets Manager, as it is to be thrown. */
type Explain = (error: unknown, action: 'PutSecretValue' | 'CreateSecret') => unknown;

/**
 * Stores the value that the function reads in the secret `name`, and creates the secret, with the key
 * `keyArn`, if there is none of this name. An ARN names a secret that exists.
 *
 * Throws Error when the secret is scheduled for deletion, or an ARN names none; other errors of the SDK as
 * `explain` returns them.
 */
export async function storeSecret(
  client: SecretsManagerClient,
  { name, keyArn, credentials }: NewSecret,
  explain: Explain = (error) => error,
): Promise<'created' | 'updated'> {
  const SecretString = JSON.stringify(credentials);
  try {
    await client.send(new PutSecretValueCommand({ SecretId: name, SecretString }));
    return 'updated';
  } catch (error) {
    if (error instanceof InvalidRequestException) {
      const remedy = `restore it in the same account and region, then store its value again: aws secretsmanager restore-secret --secret-id ${name}`;
      throw new Error(`${name} is marked for deletion; ${remedy}`, { cause: error });
    }
    if (!(error instanceof ResourceNotFoundException)) throw explain(error, 'PutSecretValue');
    if (name.startsWith('arn:')) {
      const remedy = 'correct salesforceSecret, or put a name there: this command creates it then';
      throw new Error(`there is no secret ${name}; ${remedy}`, { cause: error });
    }
  }
  const Description = 'Client id and client secret with which msk-salesforce-sink logs in';
  const key = keyArn === null ? {} : { KmsKeyId: keyArn };
  const create = new CreateSecretCommand({ Name: name, SecretString, Description, ...key });
  await client.send(create).catch((error: unknown) => {
    throw explain(error, 'CreateSecret');
  });
  return 'created';
}
