import { settings as known } from '../../src/config/settings.ts';
import { releaseVariable } from '../../src/runtime/release.ts';
import { misspeltSettings } from '../misspelt.ts';
import { didYouMean } from '../nearest.ts';
import { reserved } from './environment.ts';
import { type Fault, fault } from './fault.ts';
import type { Sink } from './sink.ts';

/**
 * Variables that Lambda sets itself, and refuses in a function's configuration.
 * Source: AWS Lambda developer guide, "Working with Lambda environment variables", "Defined runtime
 * environment variables", those that are reserved.
 */
export const reservedByLambda: ReadonlySet<string> = new Set([
  ...['_HANDLER', '_X_AMZN_TRACE_ID', 'AWS_DEFAULT_REGION', 'AWS_REGION', 'AWS_EXECUTION_ENV'],
  ...['AWS_LAMBDA_FUNCTION_NAME', 'AWS_LAMBDA_FUNCTION_MEMORY_SIZE', 'AWS_LAMBDA_FUNCTION_VERSION'],
  ...['AWS_LAMBDA_INITIALIZATION_TYPE', 'AWS_LAMBDA_LOG_GROUP_NAME', 'AWS_LAMBDA_LOG_STREAM_NAME'],
  ...['AWS_LAMBDA_RUNTIME_API', 'AWS_LAMBDA_MAX_CONCURRENCY', 'AWS_LAMBDA_METADATA_API'],
  ...[
    'AWS_LAMBDA_LOG_FORMAT',
    'AWS_LAMBDA_LOG_LEVEL',
    'AWS_LAMBDA_METADATA_TOKEN',
    'AWS_ACCESS_KEY',
    'AWS_ACCESS_KEY_ID',
    'AWS_SECRET_ACCESS_KEY',
  ],
  ...['AWS_SESSION_TOKEN', 'LAMBDA_TASK_ROOT', 'LAMBDA_RUNTIME_DIR'],
]);

/** Variables of the stack that nothing may replace, each with the reason. */
const ofStack: Readonly<Record<string, string>> = {
  NODE_OPTIONS: 'is set by the stack: it bounds the heap by the memory of the function; remove it',
  [releaseVariable]: 'is set by the stack: the doctor compares it; remove it',
  POWERTOOLS_METRICS_DISABLED: 'would end the metrics, and the alarms with them; remove it',
};

/** Whether a name under `settings` is one of the function, which the stack does not set itself. */
export function isSetting(name: string): boolean {
  return Object.hasOwn(known, name) && !Object.hasOwn(reserved, name);
}

/** The faults of the names under `settings` and `environment`; their values are checked elsewhere. */
export function variableFaults({ settings, environment }: Sink): Fault[] {
  const ofSettings = Object.keys(settings)
    .filter((name) => !isSetting(name))
    .map((name) => ({ key: `settings.${name}`, says: aboutSetting(name) }));
  const ofEnvironment = Object.keys(environment).flatMap((name) => [
    fault(Object.hasOwn(ofStack, name), `environment.${name}`, ofStack[name] ?? ''),
    fault(
      reservedByLambda.has(name),
      `environment.${name}`,
      'is set by Lambda, which refuses it; remove it',
    ),
    fault(
      Object.hasOwn(known, name),
      `environment.${name}`,
      `is a setting of the function; ${reserved[name] ?? 'put it under settings'}`,
    ),
  ]);
  const misspelt = misspeltSettings(Object.keys(environment)).map(([name, meant]) => {
    const says = `is not a setting; if it is meant to be ${meant}, put that under settings`;
    return { key: `environment.${name}`, says };
  });
  const ofLog = ['POWERTOOLS_LOG_LEVEL', 'LOG_LEVEL'].flatMap((name) => {
    const level = environment[name];
    const isLoud = level === undefined || /^(TRACE|DEBUG|INFO)$/i.test(level);
    return isLoud ? [] : [{ key: `environment.${name}`, says: tooQuiet }];
  });
  return [
    ...misspelt,
    ...ofLog,
    ...ofSettings,
    ...ofEnvironment.filter((found) => found !== false),
  ];
}

/** Metrics are lines of the log, and the saved queries read others. */
const tooQuiet = 'takes TRACE, DEBUG or INFO; above INFO, Lambda drops the lines of the metrics';

function aboutSetting(name: string): string {
  if (Object.hasOwn(reserved, name)) return `is set by the stack; ${reserved[name]}`;
  const meant = didYouMean(
    name,
    Object.keys(known).filter((one) => isSetting(one)),
  );
  const remedy = 'docs/CONFIGURATION.md lists them, and other variables go under environment';
  return `is not a setting of the function${meant === '' ? `; ${remedy}` : meant}`;
}
