import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { useSinksFolder } from './sinks-folder.ts';

const { folder } = await useSinksFolder();

/** What osls takes its credentials from: its own source, since it documents no order. */
const osls: {
  getAwsSdkV3CredentialsProvider(of: {
    provider: { getStage(): string; options: object; serverless: object };
  }): () => Promise<{ accessKeyId: string }>;
} = createRequire(import.meta.url)('osls/lib/aws/credentials.js');

async function keyThatOslsTakes(options: Readonly<Record<string, string>>): Promise<string> {
  const serverless = { service: { provider: {} } };
  const provider = { getStage: () => 'prod', options, serverless };
  return (await osls.getAwsSdkV3CredentialsProvider({ provider })()).accessKeyId;
}

test.each([
  { AWS_PROD_PROFILE: 'of-stage' },
  { AWS_PROD_ACCESS_KEY_ID: 'of-stage', AWS_PROD_SECRET_ACCESS_KEY: 'x' },
  { AWS_DEFAULT_PROFILE: 'of-stage' },
])('osls takes the profile that is asked for before %j', async (variables) => {
  const profiles = ['crm', 'of-stage'].map(
    (name) => `[${name}]\naws_access_key_id = ${name}\naws_secret_access_key = x\n`,
  );
  const file = join(folder, 'credentials');
  writeFileSync(file, profiles.join(''));
  const none = { AWS_PROFILE: '', AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' };
  const files = { AWS_SHARED_CREDENTIALS_FILE: file, AWS_CONFIG_FILE: join(folder, 'none') };
  for (const [name, value] of Object.entries({ ...none, ...files, ...variables })) {
    vi.stubEnv(name, value);
  }
  onTestFinished(() => void vi.unstubAllEnvs());
  expect(await keyThatOslsTakes({})).toBe('of-stage');
  expect(await keyThatOslsTakes({ 'aws-profile': 'crm' })).toBe('crm');
});
