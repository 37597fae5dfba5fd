import { DescribeSecretCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { quoted } from '../shell.ts';
import type { NamedSecret } from './chosen-secret.ts';

/**
 * What to say about the key of a secret that was there before: null if it is the one of the sinks
 * file, or if that names none. An update leaves the key of a secret as it is.
 */
export async function keyRemark(
  client: SecretsManagerClient,
  { name, keyArn }: NamedSecret,
): Promise<string | null> {
  if (keyArn === null) return null;
  const remedy = `aws secretsmanager update-secret --secret-id ${quoted(name)} --kms-key-id ${keyArn}`;
  try {
    const { KmsKeyId } = await client.send(new DescribeSecretCommand({ SecretId: name }));
    // Secrets Manager returns what the key was named by: an ARN, an id or an alias.
    if (KmsKeyId === keyArn || KmsKeyId === keyArn.split('/')[1]) return null;
    const key = KmsKeyId ?? 'that of Secrets Manager';
    return `! Its KMS key is ${key}, not salesforceSecretKeyArn of the sinks file. To change it: ${remedy}`;
  } catch (error) {
    const reason = error instanceof Error ? error.name : String(error);
    return `! Whether its KMS key is salesforceSecretKeyArn of the sinks file could not be read: DescribeSecret failed (${reason}). To set it: ${remedy}`;
  }
}
