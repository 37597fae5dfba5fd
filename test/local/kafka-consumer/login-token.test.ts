import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { checkAnswer, loginToken, TokenError } from '../../../local/kafka-consumer/login-token.ts';

/** A file with this text. */
function givenFile(text: string): string {
  const directory = mkdtempSync(join(tmpdir(), 'login-token-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  writeFileSync(join(directory, 'token'), text);
  return join(directory, 'token');
}

/** The only AWS credentials that there are; null: none. */
function givenCredentials(secret: string | null): void {
  onTestFinished(() => void vi.unstubAllEnvs());
  vi.stubEnv('AWS_ACCESS_KEY_ID', secret === null ? undefined : 'AKIADUMMY');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', secret ?? undefined);
  const others = [
    'AWS_SESSION_TOKEN',
    'AWS_PROFILE',
    'AWS_WEB_IDENTITY_TOKEN_FILE',
    'AWS_CREDENTIAL_EXPIRATION',
  ];
  const containers = ['RELATIVE', 'FULL'].map((kind) => `AWS_CONTAINER_CREDENTIALS_${kind}_URI`);
  for (const name of [...others, ...containers]) vi.stubEnv(name, undefined);
  const empty = givenFile('');
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', empty);
  vi.stubEnv('AWS_CONFIG_FILE', empty);
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
}

const iam = { mechanism: 'AWS_MSK_IAM', region: 'eu-west-1' } as const;
const fileLogin = (tokenFile: string) => ({ mechanism: 'OAUTHBEARER', tokenFile }) as const;

test('the token of IAM is a presigned URL for kafka-cluster:Connect in the region, valid 15 minutes', async () => {
  givenCredentials('dummy-secret');
  const token = await loginToken(iam);

  expect(token).toMatch(/^[\w-]+$/);
  const url = new URL(Buffer.from(token, 'base64url').toString());
  expect(url.origin).toBe('https://kafka.eu-west-1.amazonaws.com');
  const query = Object.fromEntries(url.searchParams);
  expect(query).toMatchObject({
    Action: 'kafka-cluster:Connect',
    'X-Amz-Expires': '900',
    'X-Amz-Credential': expect.stringMatching(
      /^AKIADUMMY\/\d{8}\/eu-west-1\/kafka-cluster\/aws4_request$/,
    ),
    'X-Amz-Signature': expect.stringMatching(/^[\da-f]{64}$/),
  });
  expect(url.href).not.toContain('dummy-secret');
});

test('the validity of a token is whole seconds, also when the credentials expire earlier', async () => {
  givenCredentials('dummy-secret');
  vi.stubEnv('AWS_SESSION_TOKEN', 'session');
  vi.stubEnv('AWS_CREDENTIAL_EXPIRATION', new Date(Date.now() + 600_123).toISOString());
  const url = new URL(Buffer.from(await loginToken(iam), 'base64url').toString());

  expect(url.searchParams.get('X-Amz-Expires')).toBe('900');
  expect(url.searchParams.get('X-Amz-Security-Token')).toBe('session');
});

test('every login has a token of its own', async () => {
  givenCredentials('dummy-secret');
  const first = await loginToken(iam);
  givenCredentials('another-secret');
  expect(await loginToken(iam)).not.toBe(first);

  const file = givenFile('header.one.\n');
  expect(await loginToken(fileLogin(file))).toBe('header.one.');
  writeFileSync(file, 'header.two.');
  expect(await loginToken(fileLogin(file))).toBe('header.two.');
});

test('without AWS credentials the error says what to do, in one line', async () => {
  givenCredentials(null);
  await expect(loginToken(iam)).rejects.toThrow(TokenError);
  await expect(loginToken(iam)).rejects.toThrow(
    /^There are no AWS credentials for --sasl AWS_MSK_IAM: [^\n]+[^.]\. Log in to AWS, or set AWS_PROFILE/,
  );
});

test.each(['', 'two words', '{"access_token":"secret"}', 'Bearer secret'])(
  'a file with %j has no token, and the error does not repeat it',
  async (text) => {
    const file = givenFile(text);
    await expect(loginToken(fileLogin(file))).rejects.toThrow(
      new TokenError(`--token-file takes a file with a token and nothing else; ${file} has none.`),
    );
  },
);

test('a file that cannot be read is named', async () => {
  await expect(loginToken(fileLogin('/no/such.jwt'))).rejects.toThrow(
    new TokenError('--token-file cannot read /no/such.jwt (ENOENT).'),
  );
});

test.each([
  ['{"status":"invalid_token"}', true],
  ['{"status":"invalid_token","scope":"kafka"}', true],
  ['', false],
  ['{"version":"2020_10_22"}', false],
  ['null', false],
  ['text', false],
])('the answer %j is a refusal: %j', (answer, isRefusal) => {
  const callback = vi.fn<(error: Error | null, answer: Buffer) => void>();
  checkAnswer(Buffer.from(answer), callback);

  expect(callback).toHaveBeenCalledTimes(1);
  expect(callback.mock.calls[0]?.[0]).toEqual(
    isRefusal ? expect.objectContaining({ apiId: 'SASL_AUTHENTICATION_FAILED' }) : null,
  );
});
