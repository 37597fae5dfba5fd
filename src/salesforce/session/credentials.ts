import { type ErrorCode, SinkError } from '../../errors.ts';
import { awsErrorName } from '../../runtime/aws-client.ts';
import { type Deadline, within } from '../../runtime/deadline.ts';
import { jsonOf } from '../../runtime/http/json.ts';

/** Credentials of the OAuth client credentials flow; kept in memory only. */
export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** The content of the secret. */
export interface Secret extends Credentials {
  /** The login of the schema registry; null if the secret has neither of its two keys. */
  readonly schemaRegistry: { readonly user: string; readonly password: string } | null;
}

/** Reads the secret's text; `fresh` bypasses every cache. Throws what the AWS SDK throws. */
export type ReadSecret = (secretId: string, fresh: boolean) => Promise<string | undefined>;

/** Reads the credentials; `fresh` after Salesforce refused them, since they may have been rotated. */
export type ReadCredentials = (deadline: Deadline, fresh: boolean) => Promise<Credentials>;

const codes: Readonly<Record<string, ErrorCode>> = {
  ResourceNotFoundException: 'SECRET_NOT_FOUND',
  AccessDeniedException: 'SECRET_DENIED',
  DecryptionFailure: 'SECRET_DENIED',
  InvalidRequestException: 'SECRET_NOT_FOUND',
};

const remedies: Partial<Record<ErrorCode, string>> = {
  SECRET_NOT_FOUND: 'Create it with `npm run secret`, in the region of the function.',
  SECRET_DENIED:
    'Allow the function secretsmanager:GetSecretValue on it (and kms:Decrypt on its key).',
  SECRET_UNAVAILABLE:
    'Kafka redelivers the records. If it persists, check the network path to Secrets Manager.',
};

const shape =
  'It must be JSON such as {"clientId":"…","clientSecret":"…"}; set it with `npm run secret`.';

function invalid(what: string): SinkError {
  return new SinkError('SECRET_INVALID', `The secret ${what}. ${shape}`);
}

/** Parses the secret's text. The parser's error is not kept: it quotes the secret. */
function parseSecret(text: string | undefined): Secret {
  if (text === undefined || text.trim() === '') throw invalid('is empty');
  const parsed = jsonOf(text);
  if (parsed === undefined) throw invalid('is not JSON');
  if (typeof parsed !== 'object' || parsed === null) throw invalid('is not an object');
  const { clientId, clientSecret } = parsed as Record<string, unknown>;
  if (typeof clientId !== 'string' || clientId === '') throw invalid('has no clientId');
  if (typeof clientSecret !== 'string' || clientSecret === '') throw invalid('has no clientSecret');
  return { clientId, clientSecret, schemaRegistry: registryLogin(parsed) };
}

/** Reads both keys or neither. */
function registryLogin(secret: object): Secret['schemaRegistry'] {
  const { schemaRegistryUser: user, schemaRegistryPassword: password } = secret as {
    schemaRegistryUser?: unknown;
    schemaRegistryPassword?: unknown;
  };
  if (user === undefined && password === undefined) return null;
  if (typeof user === 'string' && typeof password === 'string') return { user, password };
  throw invalid('has one of schemaRegistryUser and schemaRegistryPassword without the other');
}

function unreadable(error: unknown, secretId: string): SinkError {
  const name = awsErrorName(error);
  const code = codes[name] ?? 'SECRET_UNAVAILABLE';
  // Reading is refused for no other state of a secret. Source: API reference, GetSecretValue.
  const remedy =
    name === 'InvalidRequestException'
      ? `It is marked for deletion. Restore it, in the account and region of the function: aws secretsmanager restore-secret --secret-id ${secretId}`
      : remedies[code];
  const message = `Secrets Manager did not give the secret (${name}). ${remedy ?? ''}`;
  // A parser's error may quote the reply, which contains the secret.
  return new SinkError(code, message, name === 'SyntaxError' ? {} : { cause: error });
}

/**
 * Creates the reader of the secret, which throws `SECRET_NOT_FOUND`, `SECRET_DENIED`,
 * `SECRET_INVALID` or `SECRET_UNAVAILABLE`; none of them contains any of the secret.
 */
export function credentialsFrom(
  secretId: string,
  readSecret: ReadSecret,
): (deadline: Deadline, fresh: boolean) => Promise<Secret> {
  return async (deadline, fresh) => {
    const text = await within(deadline, readSecret(secretId, fresh)).catch((error: unknown) => {
      throw unreadable(error, secretId);
    });
    return parseSecret(text);
  };
}
