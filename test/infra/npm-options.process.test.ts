import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test, vi } from 'vitest';
import { targetOptions } from '../../cli/target.ts';
import { refuseNpmOptions } from '../../infra/npm-options.ts';
import { optionsOf } from '../../infra/osls-commands.ts';
import { optionTypes } from '../../local/runner/options.ts';
import { root } from './template.ts';

vi.setConfig({ testTimeout: 120_000 });

/** Runs a command as a user does, by npm. */
async function npm(...line: string[]): Promise<{ status: number; output: string }> {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('npm_'));
  const options = { cwd: root, env: { ...Object.fromEntries(own), NO_COLOR: '1' } };
  return promisify(execFile)('npm', ['run', '--silent', ...line], options).then(
    ({ stdout, stderr }) => ({ status: 0, output: stdout + stderr }),
    ({ code, stdout, stderr }) => ({ status: code, output: stdout + stderr }),
  );
}

test.each([
  ['deploy', ['--stage=prod'], 'npm run deploy -- --stage prod\n'],
  ['deploy', ['--stage', 'prod'], 'npm run deploy -- --stage prod\n'],
  ['deploy', ['-s', 'prod'], 'npm run deploy -- --stage prod\n'],
  ['package', ['--stage=prod'], 'npm run package -- --stage prod\n'],
  ['package', ['--param=sinks=a.yml'], 'npm run package -- --param sinks=a.yml\n'],
  ['logs', ['--sink=orders', '--stage=prod'], 'npm run logs -- --stage prod --sink orders\n'],
  ['secret', ['--aws-profile=crm'], 'npm run secret -- --aws-profile crm\n'],
  ['doctor', ['--stage=prod'], 'npm run doctor -- --stage prod\n'],
  ['replay', ['--stage=prod', '--dry-run'], 'npm run replay -- --stage prod --dry-run\n'],
  ['replay', ['--dry-run'], 'npm run replay -- --dry-run\n'],
  ['plan', ['--rate=5', '--no-ledger'], 'npm run plan -- --no-ledger --rate 5\n'],
  ['adopt', ['--stage=prod', 'connector.json'], 'npm run adopt -- --stage prod connector.json\n'],
  ['local', ['--topic=a', '--window', '1'], 'npm run local -- --topic a --window 1\n'],
  ['local', ['--ledger=off'], 'npm run local -- --ledger off\n'],
  ['local', ['--topic=a', '--ca', 'ca.pem'], 'npm run local -- --ca ca.pem --topic a\n'],
  ['local', ['--topic=a', '--view', 'lines'], 'npm run local -- --topic a --view lines\n'],
  // npm drops --local without a trace.
  ['replay', ['--local'], 'npm run replay -- --local\n'],
  ['doctor', ['--local', '--json'], 'npm run doctor -- --json\n'],
  ['doctor', ['--local'], 'npm run doctor -- --stage dev\n'],
  ['local', ['--ca=ca.pem'], 'npm run local -- --ca ca.pem\n'],
  ['demo', ['--slow'], 'npm run demo -- --slow\n'],
  ['emulator', ['--port=5000'], 'npm run emulator -- --port=5000\n'],
  ['emulator', ['--pace', 'fast'], 'npm run emulator -- --pace=VALUE\n'],
  ['deploy', ['--stag=prod', '--', '--param', 'sinks=x'], '-- --stage prod --param sinks=x\n'],
  ['deploy', ['--profile=p', '--', '--stage', 'dev'], '-- --aws-profile p --stage dev\n'],
  ['deploy', [], 'npm run deploy -- --stage STAGE\n'],
  ['secret', ['--', '--sink', 'a'], 'npm run secret -- --stage STAGE --sink a\n'],
  ['replay', ['--dryrun', '--', '--stage', 'dev'], 'replay -- --dry-run --stage dev\n'],
  ['deploy', ['--force', '--', '--stage', 'prod', 'A b'], "-- --force --stage prod 'A b'\n"],
  ['replay', ['--code=X', '--', '--local'], 'npm run replay -- --code X --local\n'],
  ['replay', ['--local', '--', '--code', 'X'], 'npm run replay -- --local --code X\n'],
  ['plan', ['--simulate'], 'npm run plan -- --simulate\n'],
  ['plan', ['--row'], 'npm run plan -- --row\n'],
  ['logs', ['--once'], 'npm run logs -- --once\n'],
  ['try', ['--file=x'], 'npm run try -- --records x\n'],
  ['try', ['--transform=value'], 'npm run try -- --transform value\n'],
])('npm run %s %j does nothing, and shows the right command', async (command, line, right) => {
  const { status, output } = await npm(command, ...line);
  expect({ status, output }).toEqual({ status: 1, output: expect.stringContaining(right) });
  expect(output).toMatch(/^Nothing was done: /m);
});

/** The commands that docs/UPGRADING.md says refuse unknown arguments. */
const refusing = /`package`, .*?refuse options that npm keeps.*?refuse the first two/
  .exec(readFileSync(join(root, 'docs/UPGRADING.md'), 'utf8'))?.[0]
  .match(/(?<=`)[a-z]+(?=`)/g);

test.each(refusing ?? ['none'])('npm run %s refuses an unknown argument', async (command) => {
  const { status, output } = await npm(command, '--', '--nonsense');
  expect({ status, output }).toEqual({ status: 1, output: expect.stringContaining('--nonsense') });
});

/** Options that npm understands otherwise; what notices them is in the tests above. */
const otherwise = ['help', 'verbose', 'local', 'view', 'sasl'];

test('npm keeps every other option of a command under its own name', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'npm-options-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ scripts: { shown: 'env && true' } }),
  );
  const names = [
    ...Object.keys({ ...optionTypes, ...targetOptions }),
    ...['code', 'dry-run', 'force', 'batch-size', 'since', 'once', 'json', 'slow'],
    ...['port', 'host', 'pace', 'seed', 'objects', 'api-limit', 'token-minutes', 'choice'],
  ].filter((name) => !otherwise.includes(name));
  const line = names.map((name) => `--${name}=7`);
  const { stdout } = await promisify(execFile)('npm', ['run', 'shown', ...line], { cwd: folder });
  const kept = names.filter((name) => {
    return new RegExp(`^npm_config_${name.replaceAll('-', '_')}=(7|true)$`, 'm').test(stdout);
  });
  expect(kept).toEqual(names);
});

/** Settings that node-gyp and prebuilt binaries take from npm. */
const ofBuilds = ['arch', 'build_from_source', 'disturl', 'jobs', 'libc', 'nodedir', 'platform'];

test('no setting of npm is taken for a misspelt option', () => {
  const text = execFileSync('npm', ['config', 'ls', '-l', '--json'], { encoding: 'utf8' });
  const names = Object.keys(JSON.parse(text)).map((name) => name.replaceAll('-', '_'));
  const options = { ...optionsOf('deploy'), ...optionsOf('secret'), ...optionTypes };
  const others = [...names, ...ofBuilds].filter(
    (name) => !Object.hasOwn(options, name.replaceAll('_', '-')),
  );
  expect(others.length).toBeGreaterThan(100);
  const variables = Object.fromEntries(others.map((name) => [`npm_config_${name}`, '1']));
  expect(() => refuseNpmOptions('deploy', options, { variables, args: [] })).not.toThrow();
});
