import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cached } from '../cached.ts';
import { startServer } from '../process/server-process.ts';

const execute = promisify(execFile);

const requirements = join(import.meta.dirname, 'requirements.txt');
const required = readFileSync(requirements, 'utf8');
const version = /^moto.*==(.+)/m.exec(required)?.[1];
const requirementsHash = createHash('sha256').update(required).digest('hex').slice(0, 8);

/** An emulator of AWS of the test's own: moto. */
export interface Moto {
  url: string;
  /** What the AWS SDK takes to call its services. */
  environment: Readonly<Record<string, string>>;
  /** Calls an operation of Glue, such as `GetSchemaVersion`. Rejects when it is not a success. */
  glue(operation: string, input: unknown): Promise<Readonly<Record<string, unknown>>>;
  stop(): Promise<void>;
}

const region = 'us-east-1';

const pip = spawnSync('python3', ['-m', 'pip', '--version']);

/** What moto lacks; null if nothing. */
export const noPython = pip.status === 0 ? null : 'no Python 3 with pip is here';

/** Starts it, in about five seconds. Rejects with what to install where it cannot. */
export async function startMoto(): Promise<Moto> {
  const packages = await motoPackages();
  const { url, stop } = await startServer({
    name: `moto ${version}`,
    command: ['python3', '-m', 'moto.server', '-H', '127.0.0.1', '-p', '0'],
    environment: { PYTHONPATH: packages, PYTHONUNBUFFERED: '1' },
  });
  const environment = {
    AWS_ENDPOINT_URL_DYNAMODB: url,
    AWS_ENDPOINT_URL_GLUE: url,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: url,
    AWS_ENDPOINT_URL_SQS: url,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: 'dummy',
    AWS_SECRET_ACCESS_KEY: 'dummy',
  };
  return { url, environment, glue: (operation, input) => glue(url, operation, input), stop };
}

/** The folder of its Python packages, which pip fetches once. */
async function motoPackages(): Promise<string> {
  const python = await execute('python3', ['-m', 'pip', '--version']).catch(() => null);
  const [, name] = /python (3\.\d+)/.exec(python?.stdout ?? '') ?? [];
  if (name === undefined) {
    throw new Error(
      "moto, the tests' AWS, needs Python 3 with pip (python3 -m pip): none is here.",
    );
  }
  return cached(`moto-${version}-${requirementsHash}-python${name}`, async (folder) => {
    const options = ['--quiet', '--disable-pip-version-check', '--root-user-action=ignore'];
    const install = ['install', ...options, '--target', folder, '--requirement', requirements];
    await execute('python3', ['-m', 'pip', ...install]);
  });
}

async function glue(url: string, operation: string, input: unknown) {
  // It takes any signature, and from it the service.
  const scope = `dummy/20260101/${region}/glue/aws4_request`;
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSGlue.${operation}`,
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
    },
    body: JSON.stringify(input),
  });
  const body = await response.text();
  if (!response.ok) throw new Error(`${operation} failed: ${body}`);
  return JSON.parse(body) as Record<string, unknown>;
}
