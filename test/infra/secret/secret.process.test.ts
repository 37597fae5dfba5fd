import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type SecretsManager, startSecretsManager } from '../../../local/aws/secrets-manager.ts';
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

/** `npm run secret` with the sample credentials piped into it. */
function secretCommand() {
  const run = spawn(process.execPath, [join(root, 'infra/osls.ts'), 'secret', '--stage', 'dev'], {
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

test('the command stores what is piped into it under the name that the function reads', async () => {
  const run = secretCommand();
  const output = await text(run.stderr);

  expect(output).toContain(`Secret ${secretName} in us-east-1`);
  expect(output).toContain('The secret is created.');
  expect(output).not.toContain('the-secret');
  expect(JSON.parse(server.value(secretName) ?? '')).toEqual(sampleCredentials);
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
