import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What the function's code needs of its environment. */
const environment = {
  ...process.env,
  SALESFORCE_OBJECT: 'Contact',
  SALESFORCE_URI: 'https://example.my.salesforce.com',
  SALESFORCE_SECRET_ID: 'bench',
  AWS_REGION: 'eu-west-1',
};

function output<T>(command: readonly [string, ...string[]]): T {
  const [program, ...args] = command;
  return JSON.parse(execFileSync(program, args, { encoding: 'utf8', env: environment })) as T;
}

const commandOf = (script: string, args: readonly string[]) =>
  [
    process.execPath,
    '--no-warnings',
    fileURLToPath(new URL(script, import.meta.url)),
    ...args,
  ] as const;

/** What a measurement prints that runs in a process of its own. */
export const run = <T>(script: string, ...args: string[]): T => output(commandOf(script, args));

/** The same on one core, where the system can be told so. */
export const runOnOneCore = <T>(script: string, ...args: string[]): T =>
  process.platform === 'linux'
    ? output(['taskset', '--cpu-list', '0', ...commandOf(script, args)])
    : run(script, ...args);
