import { fileURLToPath } from 'node:url';
import { nodeOptions } from '../../infra/stack/node-options.ts';
import type { FunctionSettings } from './function-settings.ts';

/** Memory of a deployed function, in MB. */
const memoryMb = 512;

/** What differs between the built functions. */
interface FunctionDefinition {
  /** The name of the built file, without its extension. */
  readonly module: 'sink' | 'doctor';
  readonly functionName: string;
  readonly timeoutMs: number;
  readonly environment: Readonly<Record<string, string>>;
}

/** The settings of a built function on this machine, with what every AWS SDK needs. */
export function builtFunction(own: FunctionDefinition): FunctionSettings {
  const { module, functionName, timeoutMs, environment } = own;
  return {
    functionName,
    modulePath: fileURLToPath(new URL(`../../dist/${module}.mjs`, import.meta.url)),
    handlerName: 'handler',
    timeoutMs,
    memoryMb,
    environment: {
      NODE_OPTIONS: nodeOptions(memoryMb),
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      ...environment,
    },
  };
}
