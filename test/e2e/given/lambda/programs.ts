import { execFile } from 'node:child_process';
import { cp, mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { cached } from '../cached.ts';
import { succeeds } from '../java.ts';

const execute = promisify(execFile);

/** AWS's Lambda runtime interface emulator; its tags are no versions that Go takes. */
const emulator = {
  module: 'github.com/aws/aws-lambda-runtime-interface-emulator',
  version: 'v0.0.0-20261030222936-bef5c4ba774d',
};

const client = join(import.meta.dirname, 'runtime-client');

/** What runs a function as Lambda does: paths of AWS's emulator and of the runtime's program. */
export interface LambdaPrograms {
  readonly emulator: string;
  readonly runtime: string;
}

/** What building them takes, each with arguments that make it end at once. */
const tools = [
  ['go', 'version'],
  ['cmake', '--version'],
  ['make', '--version'],
  ['g++', '--version'],
  ['xz', '--version'],
  ['python3', '--version'],
] as const;

/** What is missing to build the programs; null when everything is here. */
export async function lambdaProblem(): Promise<string | null> {
  if (process.platform !== 'linux') return 'aws-lambda-ric is built on Linux only';
  const found = await Promise.all(tools.map(([tool, ...args]) => succeeds(tool, args)));
  const missing = tools.flatMap(([tool], index) => (found[index] === true ? [] : [tool]));
  return missing.length === 0 ? null : `no ${missing.join(', ')} is here`;
}

/** Builds both once, in one to two minutes; `node_modules` keeps them. */
export async function lambdaPrograms(): Promise<LambdaPrograms> {
  const [runtimeFolder, emulatorFolder] = await Promise.all([runtimeClient(), runtimeEmulator()]);
  return {
    runtime: join(runtimeFolder, 'node_modules/aws-lambda-ric/index.mjs'),
    emulator: join(emulatorFolder, 'aws-lambda-rie'),
  };
}

/** The program around the handler in Lambda's Node.js 24, whose native part npm builds. */
async function runtimeClient(): Promise<string> {
  const { dependencies } = JSON.parse(await readFile(join(client, 'package.json'), 'utf8'));
  return cached(`aws-lambda-ric-${dependencies['aws-lambda-ric']}`, async (folder) => {
    await cp(client, folder, { recursive: true });
    // npm and what it builds with run under the Node of this process.
    const PATH = `${dirname(process.execPath)}:${process.env['PATH']}`;
    const env = { ...process.env, PATH };
    await execute('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder, env });
  });
}

async function runtimeEmulator(): Promise<string> {
  const { module, version } = emulator;
  return cached(`aws-lambda-rie-${version}`, async (folder) => {
    await mkdir(folder);
    const env = { ...process.env, GOBIN: folder };
    await execute('go', ['install', `${module}/cmd/aws-lambda-rie@${version}`], { env });
  });
}
