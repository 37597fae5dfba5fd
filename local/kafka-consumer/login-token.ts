import { readFile } from 'node:fs/promises';
import type { IamLogin, TokenFileLogin } from './sasl.ts';

/** There is no token to log in with; the message says why, and what to do, but not the token. */
export class TokenError extends Error {
  override readonly name = 'TokenError';
}

/**
 * The token for one login. It is made or read again each time, so that a connection that logs in
 * again has one that has not expired. Rejects with TokenError.
 */
export function loginToken(login: IamLogin | TokenFileLogin): Promise<string> {
  return login.mechanism === 'AWS_MSK_IAM' ? iamToken(login.region) : fileToken(login.tokenFile);
}

async function iamToken(region: string): Promise<string> {
  const { fromNodeProviderChain } = await import('@aws-sdk/credential-providers');
  const { generateAuthTokenFromCredentialsProvider } = await import('aws-msk-iam-sasl-signer-js');
  const chain = fromNodeProviderChain({ clientConfig: { region } });
  // With less than 15 minutes left, the signer 1.0.3 makes fractions of seconds of the expiration,
  // which SigV4 does not take: https://github.com/aws/aws-msk-iam-sasl-signer-js/pull/33.
  const awsCredentialsProvider = async () => {
    const { expiration: _, ...credentials } = await chain();
    return credentials;
  };
  try {
    return (await generateAuthTokenFromCredentialsProvider({ region, awsCredentialsProvider }))
      .token;
  } catch (error) {
    const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw new TokenError(
      `There are no AWS credentials for --sasl AWS_MSK_IAM: ${reason.replace(/\.$/, '')}. Log in to AWS, or set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.`,
    );
  }
}

async function fileToken(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch(({ code }: NodeJS.ErrnoException) => {
    throw new TokenError(`--token-file cannot read ${file} (${code}).`);
  });
  const token = text.trim();
  // RFC 6750, 2.1: the characters of a bearer token.
  if (/^[\w.~+/-]+=*$/.test(token)) return token;
  throw new TokenError(
    `--token-file takes a file with a token and nothing else; ${file} has none.`,
  );
}

/**
 * Fails when the broker has refused a token: it says so in an answer without an error code, after
 * which the client may give up (RFC 7628, 3.2.2 and 3.2.3).
 */
export function checkAnswer(
  answer: Buffer,
  callback: (error: Error | null, answer: Buffer) => void,
): void {
  const error = new Error('The broker refuses the token');
  const refused = Object.assign(error, { apiId: 'SASL_AUTHENTICATION_FAILED' });
  callback(answer.length > 0 && hasStatus(answer) ? refused : null, answer);
}

function hasStatus(answer: Buffer): boolean {
  try {
    return (
      typeof (JSON.parse(answer.toString()) as { status?: unknown } | null)?.status === 'string'
    );
  } catch {
    return false;
  }
}
