/** A line that the function wrote, without its line end. */
export interface FunctionLine {
  stream: 'stdout' | 'stderr';
  text: string;
}

/**
 * A function and what it runs under.
 *
 * `modulePath` is the built module, `handlerName` its export; `memoryMb` bounds the heap;
 * `environment` is all that the function sees beside what Lambda sets itself.
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
 * The environment variables that Lambda sets in every function, under those of the function.
 *
 * Source: AWS Lambda developer guide, configuration-envvars. The shared AWS files are switched off:
 * a function in Lambda has none, and one on a developer's machine must not find that person's keys.
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
