import { fileURLToPath } from 'node:url';
import type { FunctionSettings } from './function-settings.ts';

/** What tells one function from another. */
interface Own {
  /** The built file, without its ending. */
  readonly module: 'sink' | 'doctor';
  readonly functionName: string;
  readonly timeoutMs: number;
  readonly environment: Readonly<Record<string, string>>;
}

/** A built function as it is deployed on this machine, with what every AWS SDK wants to know. */
export function builtFunction(own: Own): FunctionSettings {
  const { module, functionName, timeoutMs, environment } = own;
  return {
    functionName,
    modulePath: fileURLToPath(new URL(`../../dist/${module}.mjs`, import.meta.url)),
    handlerName: 'handler',
    timeoutMs,
    memoryMb: 512,
    environment: {
      ...environment,
      NODE_OPTIONS: '--enable-source-maps',
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
    },
  };
}
