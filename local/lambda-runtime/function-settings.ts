/** A line that the function wrote, without the line break. */
export interface FunctionLine {
  stream: 'stdout' | 'stderr';
  text: string;
}

/**
 * A function and its configuration.
 *
 * `modulePath` is the built module, `handlerName` its export; `memoryMb` limits the heap;
 * `environment` has all variables except those that Lambda sets.
 */
export interface FunctionSettings {
  functionName: string;
  modulePath: string;
  handlerName: string;
  timeoutMs: number;
  memoryMb: number;
  environment: Readonly<Record<string, string>>;
}

/**
 * The environment variables of a function: those that Lambda sets, overridden by its own.
 *
 * Source: AWS Lambda developer guide, configuration-envvars. The shared AWS files are disabled, so
 * that the function never finds the keys of a developer.
 */
export function functionEnvironment(settings: FunctionSettings): Record<string, string> {
  const { functionName, handlerName, memoryMb, environment } = settings;
  const region = environment['AWS_REGION'] ?? 'us-east-1';
  return {
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: functionName,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${functionName}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    LANG: 'en_US.UTF-8',
    PATH: '/usr/local/bin:/usr/bin:/bin',
    TZ: ':UTC',
    _HANDLER: `sink.${handlerName}`,
    ...environment,
  };
}
