import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type AwsPlace, explained } from '../aws-errors.ts';
import type { Stage } from '../sinks-file/sink.ts';
import { chosenSecret } from './chosen-secret.ts';
import { keyRemark } from './key-remark.ts';
import { readCredentials } from './prompt.ts';
import { storeSecret } from './store.ts';

/**
 * `osls secret`: reads credentials from the terminal or a pipe, stores them in Secrets Manager, and says
 * on standard error what it did. `sink` chooses one of several secrets; null: not given.
 *
 * Throws as `chosenSecret`, `readCredentials` and `storeSecret` do.
 */
export async function runSecretCommand(
  stage: Stage,
  sink: string | null,
  place: AwsPlace,
): Promise<void> {
  const { region, profile } = place;
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const client = new SecretsManagerClient({ region, ...(profile === null ? {} : { profile }) });
  try {
    const secret = chosenSecret(stage, sink);
    say(`Secret ${secret.name} in ${region}`);
    const { stdin: input, stderr: output } = process;
    const { hasRegistry } = secret;
    const credentials = await readCredentials({ input, output, hasRegistry });
    const call = { service: 'Secrets Manager', resource: `secret ${secret.name}` };
    const done = await storeSecret(client, { ...secret, credentials }, (error, action) =>
      explained(error, { ...call, action }, place),
    );
    say(`The secret is ${done}. The function reads it at its next login.`);
    const remark = done === 'updated' ? await keyRemark(client, secret) : null;
    if (remark !== null) say(remark);
  } finally {
    client.destroy();
  }
}
