import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { SQSClient } from '@aws-sdk/client-sqs';

/** Where a command looks for the stage. */
export interface AwsPlace {
  readonly stage: string;
  /** That of the sinks file. */
  readonly region: string;
  /** The profile of the AWS credentials; null: the default ones. */
  readonly profile: string | null;
}

/** The names of AWS errors with one remedy. Source: the API references, "Common Errors". */
const refusedCredentials = new Set([
  'ExpiredToken',
  'ExpiredTokenException',
  'IncompleteSignature',
  'InvalidAccessKeyId',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'SignatureDoesNotMatch',
  'UnrecognizedClientException',
]);
const denied = new Set(['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation']);
const missing = new Set([
  'AWS.SimpleQueueService.NonExistentQueue',
  'QueueDoesNotExist',
  'ResourceNotFoundException',
]);
const unreachable = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'ETIMEDOUT',
  'TimeoutError',
]);

/** What a command asks of AWS. */
interface Call {
  /** `Lambda`, `SQS`. */
  readonly service: string;
  /** `Invoke`. */
  readonly action: string;
  /** The function or queue; empty if unknown. */
  readonly resource: string;
}

const named = (error: Error): string => {
  const { code } = error as Error & { readonly code?: unknown };
  return typeof code === 'string' ? code : error.name;
};

/** The credentials of a command, as an object of a sentence. */
const credentialsOf = ({ profile }: AwsPlace): string =>
  profile === null ? 'the AWS credentials' : `the AWS credentials of profile ${profile}`;

function explanation(error: Error, call: Call, place: AwsPlace): string | null {
  const { stage, region, profile } = place;
  const name = named(error);
  const { service, action, resource } = call;
  if (/CredentialsProviderError|TokenProviderError/.test(error.name)) {
    const remedy =
      'Sign in (aws sso login, aws configure), then name the profile with --aws-profile or AWS_PROFILE; or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.';
    const where = profile === null ? '' : ` in profile ${profile}`;
    return `Found no usable AWS credentials${where}: ${error.message.replace(/\.$/, '')}. ${remedy}`;
  }
  if (refusedCredentials.has(name)) {
    return `${service} refused ${credentialsOf(place)} (${name}). Sign in again, or choose another profile with --aws-profile.`;
  }
  if (denied.has(name)) {
    return `${service} denied ${action} on ${resource} to ${credentialsOf(place)}. docs/OPERATIONS.md lists the permissions of each command; or choose another profile with --aws-profile.`;
  }
  if (name === 'TooManyRequestsException') {
    const { Reason } = error as Error & { readonly Reason?: unknown };
    const why = typeof Reason === 'string' ? ` (${Reason})` : '';
    return `${service} throttled ${action} on ${resource}${why}: it did not run. Wait a little, then run the command again. If that does not help: docs/OPERATIONS.md#throttles.`;
  }
  if (missing.has(name)) {
    return `There is no ${resource} in ${region} in the account of ${credentialsOf(place)}. Deploy the stage (npm run deploy -- --stage ${stage}); or check --stage, --aws-profile, and the region of the sinks file.`;
  }
  if (unreachable.has(name)) {
    return `${service} cannot be reached in ${region} (${name}). Check the network path, a proxy or VPN, and the region of the sinks file.`;
  }
  return null;
}

/** The function, queue or log group of a request. */
function resourceOf(input: unknown): string {
  const { FunctionName, QueueUrl, logGroupName } = input as Record<string, unknown>;
  if (FunctionName !== undefined) return `function ${FunctionName}`;
  if (QueueUrl !== undefined) return `queue ${QueueUrl}`;
  return logGroupName === undefined ? 'such resource' : `log group ${logGroupName}`;
}

/**
 * The error of an AWS call in words that say what to do, with the original as its cause; an error that
 * is not known here is returned unchanged.
 */
export function explained(error: unknown, call: Call, place: AwsPlace): unknown {
  if (!(error instanceof Error)) return error;
  const text = explanation(error, call, place);
  return text === null ? error : new Error(text, { cause: error });
}

type Client = LambdaClient | SQSClient | CloudWatchLogsClient;

/** Makes every call of a client throw its errors as `explained` says; null: leaves it as it is. */
export function explaining<C extends Client>(client: C, place: AwsPlace | null): C {
  if (place === null) return client;
  // What is added concerns no request or reply of one service.
  const { middlewareStack } = client as LambdaClient;
  middlewareStack.add(
    (next, { clientName = '', commandName = '' }) =>
      async (request) => {
        const service = clientName.replace(/Client$/, '');
        const action = commandName.replace(/Command$/, '');
        const resource = resourceOf(request.input);
        return next(request).catch((error: unknown) => {
          throw explained(error, { service, action, resource }, place);
        });
      },
    { step: 'initialize', name: 'explainErrors' },
  );
  return client;
}
