import { execSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runAdopt } from '../../../cli/adopt/run.ts';
import { runCommand } from '../../support/run-command.ts';

const connectorConfig = {
  'connector.class': 'io.aiven.kafka.connect.salesforce.sink.SalesforceSinkConnector',
  topics: 'contacts',
  'salesforce.client.id': 'the-client-id',
  'salesforce.client.secret': 'the-client-secret',
};

const login = ['the-reader', 'the:pass'].join(':');

/** What the command writes about a connector with these keys too. */
async function told(config: Record<string, string>) {
  const folder = await mkdtemp(join(tmpdir(), 'adopt-'));
  const file = join(folder, 'connector.json');
  try {
    await writeFile(file, JSON.stringify({ config: { ...connectorConfig, ...config } }));
    const { stdout, stderr } = await runCommand(runAdopt, [file]);
    const jq = /^ {2}(jq .*) \| npm run secret -- --stage dev$/m.exec(stderr)?.[1];
    const secret: unknown =
      jq === undefined ? null : JSON.parse(execSync(jq, { encoding: 'utf8' }));
    return { output: stdout + stderr, secret };
  } finally {
    await rm(folder, { recursive: true });
  }
}

test.each([
  'value.converter.basic.auth.user.info',
  'value.converter.schema.registry.basic.auth.user.info',
])('the login of a registry, %s, goes into the secret with the others', async (key) => {
  const { output, secret } = await told({ [key]: login });

  expect(secret).toEqual({
    clientId: 'the-client-id',
    clientSecret: 'the-client-secret',
    schemaRegistryUser: 'the-reader',
    schemaRegistryPassword: 'the:pass',
  });
  expect(output).toContain(
    `! ${key} becomes schemaRegistryUser and schemaRegistryPassword in the secret`,
  );
  expect(output).not.toMatch(/the-reader|the:pass|under schemaRegistry\b/);
});

test('a connector without such a login has the client id and secret alone', async () => {
  expect((await told({})).secret).toEqual({
    clientId: 'the-client-id',
    clientSecret: 'the-client-secret',
  });
});

test.each([
  { 'value.converter.basic.auth.user.info': `\${file:/run/x:login}` },
  { 'value.converter.basic.auth.user.info': login, 'salesforce.client.id': '' },
])('where a part is not in the file, all four are asked for: %j', async (config) => {
  const { output, secret } = await told(config);

  expect(secret).toBeNull();
  expect(output).toContain('same secret. npm run secret -- --stage dev asks for all four.');
  // A shell would keep them in its history.
  expect(output).not.toContain('echo');
});
