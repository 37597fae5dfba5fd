import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { DescribeSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type SecretsManager, startSecretsManager } from '../../../local/aws/secrets-manager.ts';
import { fileWith, sampleKeyArn } from '../given.ts';
import { useSinksFolder } from '../sinks-folder.ts';
import { root } from '../template.ts';

// osls is a whole program, and takes its time on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const secretName = 'msk-salesforce-sink/dev/salesforce';
const sampleCredentials = { clientId: 'the-id', clientSecret: 'the-secret' };

let server: SecretsManager;
beforeEach(async () => {
  server = await startSecretsManager();
});
afterEach(() => server.close());

const { sinksFile } = await useSinksFolder();

/** `npm run secret` with the sample credentials piped into it. */
function secretCommand(...options: string[]) {
  const args = [join(root, 'infra/osls.ts'), 'secret', '--stage', 'dev', ...options];
  const run = spawn(process.execPath, args, {
    env: {
      ...process.env,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: server.url,
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
    },
  });
  run.stdin.end(JSON.stringify(sampleCredentials));
  return run;
}

async function keyOf(SecretId: string) {
  const client = new SecretsManagerClient({
    ...{ endpoint: server.url, region: 'us-east-1' },
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const { KmsKeyId } = await client.send(new DescribeSecretCommand({ SecretId }));
  client.destroy();
  return KmsKeyId;
}

test('the command stores what is piped into it under the name that the function reads', async () => {
  const run = secretCommand();
  const output = await text(run.stderr);

  expect(output).toContain(`Secret ${secretName} in us-east-1`);
  expect(output).toContain('The secret is created.');
  expect(output).not.toContain('the-secret');
  expect(JSON.parse(server.value(secretName) ?? '')).toEqual(sampleCredentials);
});

test('the command creates the secret under its key of the sinks file, and says when it has another', async () => {
  const source = fileWith({ salesforceSecretKeyArn: sampleKeyArn });
  const options = ['--param', `sinks=${await sinksFile(source)}`];
  expect(await text(secretCommand(...options).stderr)).toMatch(/The secret is created\.[^!]*$/);
  expect(await keyOf(secretName)).toBe(sampleKeyArn);

  const other = fileWith({ salesforceSecretKeyArn: `${sampleKeyArn}4e` });
  await sinksFile(other);
  expect(await text(secretCommand(...options).stderr)).toContain(
    `The secret is updated. The function reads it at its next login.\n! Its KMS key is ${sampleKeyArn}, not`,
  );
});

test.each(['PutSecretValue', 'CreateSecret'] as const)(
  'the command says what to do when %s is denied',
  async (action) => {
    const type = 'AccessDeniedException';
    server.fault({ action, kind: 'refuse', type, times: 1 });
    const run = secretCommand();
    const output = await Promise.all([text(run.stdout), text(run.stderr)]);

    expect(output.join('')).toContain(
      `Secrets Manager denied ${action} on secret ${secretName} to the AWS credentials.`,
    );
  },
);
