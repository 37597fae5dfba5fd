import { z } from 'zod';
import { AwsError } from './aws-error.ts';
import { deletion, endOf, hasOneEnd, oneEnd, refuseDeleted } from './secret-deletion.ts';
import {
  find,
  findKept,
  forget,
  newVersion,
  repeated,
  type SecretStore,
  type SecretStorePorts,
  secretArn,
  stageOf,
} from './stored-secret.ts';

/** The supported actions; Secrets Manager has about twenty more. */
export type SecretAction =
  | 'CreateSecret'
  | 'DeleteSecret'
  | 'DescribeSecret'
  | 'GetSecretValue'
  | 'PutSecretValue'
  | 'RestoreSecret';

type Act = (store: SecretStore, input: unknown, ports: SecretStorePorts) => unknown;

/**
 * The actions, from the JSON of the request to that of the response.
 *
 * They throw `AwsError` with the type and message of the real service (AWS Secrets Manager API
 * reference). Dates are in seconds since 1970, as in AWS JSON 1.1.
 */
export const secretActions: Readonly<Record<SecretAction, Act>> = {
  CreateSecret(store, input, ports) {
    const { Name, SecretString, KmsKeyId, ClientRequestToken } = parse(newSecret, input);
    const known = store.get(Name);
    if (known !== undefined) {
      refuseDeleted(known);
      const again = repeated(known, SecretString, ClientRequestToken);
      if (again !== null) return { ARN: known.arn, Name, VersionId: again.id };
      throw new AwsError(
        'ResourceExistsException',
        `The operation failed because the secret ${Name} already exists.`,
      );
    }
    const version = newVersion(SecretString, ClientRequestToken, ports);
    const secret = {
      name: Name,
      arn: secretArn(Name),
      kmsKeyId: KmsKeyId ?? null,
      versions: [version],
      deletedAt: null,
    };
    store.set(Name, secret);
    return { ARN: secret.arn, Name, VersionId: version.id };
  },

  DeleteSecret(store, input, { now }) {
    const { SecretId, RecoveryWindowInDays, ForceDeleteWithoutRecovery } = parse(deleted, input);
    if (ForceDeleteWithoutRecovery) return forget(store, SecretId, now());
    const secret = findKept(store, SecretId);
    secret.deletedAt = endOf(now(), RecoveryWindowInDays);
    return { ARN: secret.arn, Name: secret.name, DeletionDate: secret.deletedAt };
  },

  RestoreSecret(store, input) {
    const secret = find(store, parse(secretId, input).SecretId);
    secret.deletedAt = null;
    return { ARN: secret.arn, Name: secret.name };
  },

  DescribeSecret(store, input) {
    const { name, arn, kmsKeyId, versions, deletedAt } = find(
      store,
      parse(secretId, input).SecretId,
    );
    const stages = versions.map(({ id }, age) => [id, [stageOf(age)]] as const);
    const changed = versions[0]?.createdAt;
    return {
      ARN: arn,
      Name: name,
      ...(kmsKeyId === null ? {} : { KmsKeyId: kmsKeyId }),
      LastChangedDate: changed,
      ...(deletedAt === null ? {} : { DeletedDate: deletedAt }),
      VersionIdsToStages: Object.fromEntries(stages),
    };
  },

  GetSecretValue(store, input) {
    const { SecretId, VersionStage = stageOf(0) } = parse(secretId, input);
    const { name, arn, versions } = findKept(store, SecretId);
    const age = versions.findIndex((_, at) => stageOf(at) === VersionStage);
    const version = versions[age];
    if (version === undefined) {
      throw new AwsError(
        'ResourceNotFoundException',
        `Secrets Manager can't find the specified secret value for staging label: ${VersionStage}`,
      );
    }
    const { id, value, createdAt } = version;
    const VersionStages = [stageOf(age)];
    return {
      ARN: arn,
      Name: name,
      VersionId: id,
      SecretString: value,
      VersionStages,
      CreatedDate: createdAt,
    };
  },

  PutSecretValue(store, input, ports) {
    const { SecretId, SecretString, ClientRequestToken } = parse(newValue, input);
    const secret = findKept(store, SecretId);
    const again = repeated(secret, SecretString, ClientRequestToken);
    const version = again ?? newVersion(SecretString, ClientRequestToken, ports);
    if (again === null) secret.versions = [version, ...secret.versions].slice(0, 2);
    const VersionStages = [stageOf(secret.versions.indexOf(version))];
    return { ARN: secret.arn, Name: secret.name, VersionId: version.id, VersionStages };
  },
};

const token = z.string().min(32).max(64).optional();
const secretId = z.object({ SecretId: z.string().min(1), VersionStage: z.string().optional() });
const deleted = secretId.extend(deletion).refine(hasOneEnd, oneEnd);
const newValue = secretId.extend({ SecretString: z.string(), ClientRequestToken: token });
const newSecret = z.object({
  Name: z.string().regex(/^[\w/+=.@-]{1,512}$/),
  SecretString: z.string(),
  KmsKeyId: z.string().max(2048).optional(),
  ClientRequestToken: token,
});

function parse<Input>(schema: z.ZodType<Input>, input: unknown): Input {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new AwsError('InvalidParameterException', z.prettifyError(parsed.error));
}
