import type { Context } from 'aws-lambda';
import type { Invoke } from './host-message.ts';

/**
 * The context object of one invocation, from the environment variables of the function.
 *
 * Source: AWS Lambda developer guide, nodejs-context. The deprecated callbacks are absent, as in
 * the Node.js 24 runtime.
 */
export function lambdaContext(
  environment: NodeJS.ProcessEnv,
  { requestId, deadlineMs }: Pick<Invoke, 'requestId' | 'deadlineMs'>,
): Omit<Context, 'done' | 'fail' | 'succeed'> {
  const functionName = environment['AWS_LAMBDA_FUNCTION_NAME'] ?? '';
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName,
    functionVersion: environment['AWS_LAMBDA_FUNCTION_VERSION'] ?? '',
    invokedFunctionArn: `arn:aws:lambda:${environment['AWS_REGION']}:123456789012:function:${functionName}`,
    memoryLimitInMB: environment['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'] ?? '',
    awsRequestId: requestId,
    logGroupName: environment['AWS_LAMBDA_LOG_GROUP_NAME'] ?? '',
    logStreamName: environment['AWS_LAMBDA_LOG_STREAM_NAME'] ?? '',
    getRemainingTimeInMillis: () => Math.max(0, deadlineMs - Date.now()),
  };
}
