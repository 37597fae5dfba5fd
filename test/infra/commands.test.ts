import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { ROOT } from './template.ts';

/** Runs a command of infra/ as its npm script does, without colours and without credentials. */
async function run(command: string, ...line: string[]) {
  const env = { PATH: process.env['PATH'], NO_COLOR: '1', AWS_EC2_METADATA_DISABLED: 'true' };
  const path = join(ROOT, `infra/${command}/main.ts`);
  return promisify(execFile)(process.execPath, [path, ...line], { env }).then(
    ({ stdout, stderr }) => ({ status: 0, stdout, stderr }),
    ({ code, stdout, stderr }) => ({ status: code, stdout, stderr }),
  );
}

const operations = readFileSync('docs/OPERATIONS.md', 'utf8');

/** What the document shows of a command. */
const shown = (line: string): string =>
  operations.split(`\n$ npm run ${line}\n`)[1]?.split(/\n(?:\$|```)/)[0] ?? '';

const withoutPorts = (text: string) =>
  text.replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:PORT').trimEnd();

describe.each([
  ['doctor', '--local'],
  ['replay', '--local', '--dry-run'],
  ['replay', '--local'],
])('npm run %s -- %s %s', (command, ...line) => {
  const given = line.filter((one) => one !== undefined);

  it('prints what docs/OPERATIONS.md shows', async () => {
    const { status, stdout, stderr } = await run(command, ...given);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const expected = shown(`${command} -- ${given.join(' ')}`);
    expect(withoutPorts(stdout)).toBe(withoutPorts(expected));
  });
});

it('npm run replay takes the records of one code, and leaves the others', async () => {
  const { status, stdout } = await run('replay', '--local', '--code', 'FIELD_UNKNOWN');
  expect(status).toBe(0);
  expect(stdout).toContain('21 received, 20 replayed: 20 written, 0 failed again');
  expect(stdout).toContain('1  records with another code');
});

describe('npm run doctor', () => {
  it('prints JSON for programs', async () => {
    const { status, stdout } = await run('doctor', '--local', '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      sinks: [{ functionName: 'msk-salesforce-sink-local-contacts' }],
    });
  });
});

describe.each(['doctor', 'replay'])('npm run %s', (command) => {
  it('tells of a stage that there is not, and fails', async () => {
    const { status, stderr } = await run(command, '--stage', 'nowhere');
    expect([status, stderr]).toEqual([
      1,
      expect.stringContaining('There is no infra/sinks/nowhere.yml'),
    ]);
  });

  it('tells of a sink that there is not, and fails', async () => {
    const { status, stderr } = await run(command, '--stage', 'example', '--sink', 'leads');
    expect([status, stderr]).toEqual([1, expect.stringContaining('There is no sink leads')]);
  });

  it('tells of an option that there is not, and fails', async () => {
    const { status, stderr } = await run(command, '--stag', 'dev');
    expect([status, stderr]).toEqual([1, expect.stringContaining("Unknown option '--stag'")]);
  });

  it('explains itself', async () => {
    const { status, stdout } = await run(command, '--help');
    expect([status, stdout]).toEqual([0, expect.stringContaining(`Usage: npm run ${command} --`)]);
  });
});

it('npm run replay wants to know which sink, where there are several', async () => {
  const { status, stderr } = await run('replay', '--stage', 'example');
  expect(status).toBe(1);
  expect(stderr).toContain('--sink takes contacts, orders, sensor-readings');
});
