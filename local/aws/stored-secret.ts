import { AwsError } from './aws-error.ts';
import { type Deletable, endOf, refuseDeleted } from './secret-deletion.ts';

/** One version of a secret. */
interface SecretVersion {
  id: string;
  value: string;
  createdAt: number;
}

/** A secret with its versions AWSCURRENT and AWSPREVIOUS, the newest first. */
export interface Secret extends Deletable {
  name: string;
  arn: string;
  /** The KMS key as it was named; null: that of Secrets Manager. */
  kmsKeyId: string | null;
  versions: SecretVersion[];
}

/** The secrets of one account. */
export type SecretStore = Map<string, Secret>;

/** The clock in milliseconds since 1970, and a source of new ids. */
export interface SecretStorePorts {
  now: () => number;
  randomId: () => string;
}

const isNamed =
  (id: string) =>
  ({ name, arn }: Secret): boolean =>
    [name, arn, arn.slice(0, -7)].includes(id);

/**
 * A secret by its name, its ARN, or its ARN without the six random characters. Throws
 * `ResourceNotFoundException`.
 */
export function find(store: SecretStore, id: string): Secret {
  const secret = [...store.values()].find(isNamed(id));
  if (secret !== undefined) return secret;
  throw new AwsError(
    'ResourceNotFoundException',
    "Secrets Manager can't find the specified secret.",
  );
}

/** Likewise; one that is marked for deletion is refused with `InvalidRequestException`. */
export function findKept(store: SecretStore, id: string): Secret {
  const secret = find(store, id);
  refuseDeleted(secret);
  return secret;
}

/**
 * Deletes a secret at once. It is no error if there is none. Source: API reference, DeleteSecret,
 * `ForceDeleteWithoutRecovery`.
 */
export function forget(store: SecretStore, id: string, nowMs: number): object {
  const { name, arn } = [...store.values()].find(isNamed(id)) ?? { name: id, arn: secretArn(id) };
  store.delete(name);
  return { ARN: arn, Name: name, DeletionDate: endOf(nowMs, 0) };
}

/** The ARN of a new secret. */
export function secretArn(name: string): string {
  return `arn:aws:secretsmanager:us-east-1:123456789012:secret:${name}-a1B2c3`;
}

/** Most bytes of a value (AWS Secrets Manager user guide, quotas). */
const maxBytes = 65_536;

/**
 * A version with the id that the client gave, or a random one. Throws `ValidationException` for an empty
 * value or one that is too long.
 */
export function newVersion(
  value: string,
  id: string | undefined,
  { now, randomId }: SecretStorePorts,
): SecretVersion {
  if (value === '' || Buffer.byteLength(value) > maxBytes) {
    const limit = value === '' ? 'greater than or equal to 1' : `less than or equal to ${maxBytes}`;
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value at 'secretString' failed to satisfy constraint: Member must have length ${limit}`,
    );
  }
  return { id: id ?? randomId(), value, createdAt: now() / 1000 };
}

/**
 * The version that a request has stored before, by its token; null if there is none. Throws
 * `ResourceExistsException` when it has another value. Source: API reference, `ClientRequestToken`.
 */
export function repeated(
  { versions }: Secret,
  value: string,
  id: string | undefined,
): SecretVersion | null {
  const version = id === undefined ? undefined : versions.find((known) => known.id === id);
  if (version === undefined) return null;
  if (version.value === value) return version;
  throw new AwsError(
    'ResourceExistsException',
    `You can't use ClientRequestToken ${id} because that value is already in use for a version of the secret.`,
  );
}

/** The staging label of a version, by the number of newer ones. */
export function stageOf(age: number): string {
  return age === 0 ? 'AWSCURRENT' : 'AWSPREVIOUS';
}
