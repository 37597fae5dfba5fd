import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { stageTarget } from '../../cli/target.ts';
import { release } from '../../infra/release.ts';
import { root } from '../infra/template.ts';
import { bareEnvironment } from '../support/environment.ts';

/** Runs a command of infra/ as its npm script does, without colours and without credentials. */
async function run(command: string, ...line: string[]) {
  const env = { ...bareEnvironment, NO_COLOR: '1', AWS_EC2_METADATA_DISABLED: 'true' };
  const path = join(root, `cli/${command}/main.ts`);
  return promisify(execFile)(process.execPath, [path, ...line], { env }).then(
    ({ stdout, stderr }) => ({ status: 0, stdout, stderr }),
    ({ code, stdout, stderr }) => ({ status: code, stdout, stderr }),
  );
}

const operations = readFileSync('docs/OPERATIONS.md', 'utf8');

/** What the document shows of a command. */
const shown = (line: string): string =>
  operations.split(`\n$ npm run ${line}\n`)[1]?.split(/\n(?:\$|```)/)[0] ?? '';

/** Without what differs from run to run, and from commit to commit. */
const comparable = (text: string) =>
  text
    .replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:PORT')
    .replace(/release \d\S+/, 'release RELEASE')
    .trimEnd();

it.each(['doctor -- --local', 'replay -- --local --dry-run', 'replay -- --local'])(
  'npm run %s prints what docs/OPERATIONS.md shows',
  async (line) => {
    const [command = '', options = ''] = line.split(' -- ');
    const { status, stdout, stderr } = await run(command, ...options.split(' '));
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(comparable(stdout)).toBe(comparable(shown(line)));
  },
);

it('npm run replay takes the records of one code, and leaves the others', async () => {
  const { status, stdout } = await run('replay', '--local', '--code', 'FIELD_UNKNOWN');
  expect(status).toBe(0);
  expect(stdout).toContain('21 received, 20 replayed: 20 written, 0 failed again');
  expect(stdout).toContain('1  records with another code: ');
});

describe('npm run doctor', () => {
  it('prints JSON for programs', async () => {
    const { status, stdout } = await run('doctor', '--local', '--json');
    expect(status).toBe(0);
    const here = release();
    expect(JSON.parse(stdout)).toMatchObject({
      release: here,
      sinks: [{ functionName: 'msk-salesforce-sink-local-contacts', release: here }],
    });
  });
});

// These commands read where to go by cli/target.ts, and fail alike.
it.each([
  ['doctor', ['--stage', 'nowhere'], 'There is no infra/sinks/nowhere.yml'],
  ['doctor', ['--stage', 'dev', '--param', 'sinks=infra'], /^infra is a folder: .*\n$/],
  ['logs', ['--stage', 'dev', '--param', 'sinks=infra'], /^infra is a folder: .*\n$/],
  ['replay', ['--stage', 'example', '--sink', 'leads'], 'There is no sink leads'],
  ['replay', ['--stage', 'example'], '--sink takes contacts, orders, sensor-readings'],
  ['replay', ['--batch-size', '0'], '--batch-size takes a whole number from 1 to 5000'],
  ['doctor', ['--stag', 'dev'], "Unknown option '--stag'"],
  ['doctor', ['--stage', 'dev', '--stage', 'prod'], '--stage is given twice; give it once'],
  ['logs', ['--stage', 'dev', '--since', '5', '--since', '9'], '--since is given twice'],
  ['replay', ['--stage', 'dev', '--code', 'A', '--code', 'B'], '--code is given twice'],
  ['adopt', ['a.json', '--stage', 'dev', '--stage', 'prod'], '--stage is given twice'],
  ['try', ['--topic', 'a', '--limit', '1', '--limit', '2'], '--limit is given twice'],
  ['doctor', ['--stage', 'a_b'], '--stage takes letters, digits and hyphens'],
  [
    'replay',
    ['--stage', 'example', '--sink', 'orders', '--region', 'eu-west-1'],
    '--region is eu-west-1, but the stage example is in us-east-1',
  ],
] as const)('npm run %s with %j says what is wrong, and fails', async (command, line, says) => {
  const { status, stderr } = await run(command, ...line);
  expect(status).toBe(1);
  if (typeof says === 'string') expect(stderr).toContain(says);
  else expect(stderr).toMatch(says);
});

it('doctor and replay act with the profile and in the region that were asked for', () => {
  const given = { stage: 'example', sinksFile: null, sink: null, region: 'us-east-1' };
  const { lambda, sqs } = stageTarget({ ...given, profile: 'crm' });
  expect([lambda, sqs]).toEqual(Array(2).fill({ region: 'us-east-1', profile: 'crm' }));
  expect(stageTarget({ ...given, profile: null }).lambda).toEqual({ region: 'us-east-1' });
});
