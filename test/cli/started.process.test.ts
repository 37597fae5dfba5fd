import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { root } from '../infra/template.ts';
import { noTerminal, runInTerminal } from '../local/terminal/pseudo-terminal.ts';
import { bareEnvironment } from '../support/environment.ts';
import { hasPart } from '../support/parts.ts';

/** Starts a command as its npm script does. */
const start = (command: string, args: readonly string[], input = '', variables = {}) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, `cli/${command}/main.ts`), ...args],
    { cwd: root, input, encoding: 'utf8', env: { ...bareEnvironment, ...variables } },
  );
  return { status, stdout, stderr };
};

it.each(['adopt', 'plan', 'try'])('npm run %s writes its help to standard output', (command) => {
  expect(start(command, ['--help'])).toEqual({
    status: 0,
    stdout: expect.stringMatching(`^Usage: npm run ${command} -- `),
    stderr: '',
  });
});

it.each(['adopt', 'plan', 'try'])('npm run %s fails on an unknown option', (command) => {
  expect(start(command, ['--nothing'])).toEqual({
    status: 1,
    stdout: '',
    stderr: expect.stringContaining("Unknown option '--nothing'"),
  });
});

it('npm run bench writes its help to standard output, and measures nothing for an unknown option', () => {
  const bench = (option: string) =>
    spawnSync(process.execPath, [join(root, 'bench/bench.ts'), option], {
      ...{ cwd: root, encoding: 'utf8', env: bareEnvironment, timeout: 20_000 },
    });
  expect(bench('--help')).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^Usage: npm run bench /),
    stderr: '',
  });
  expect(bench('--nothing')).toMatchObject({
    status: 1,
    stdout: '',
    stderr: expect.stringContaining("Unknown option '--nothing'"),
  });
});

it('npm run try reads standard input and the environment', () => {
  const field = { FIELD_MAP: '{"mail":"Email"}' };
  expect(start('try', [], '{"mail":"a@example.com"}', field)).toEqual({
    status: 0,
    stdout: '✓ topic-0@0  row  {"Email":"a@example.com"}\n\n1 record: 1 row\n',
    stderr: '',
  });
});

it('npm run try waits for records that arrive late, in parts', async () => {
  const child = spawn(process.execPath, [join(root, 'cli/try/main.ts')], { env: bareEnvironment });
  const [stdout, stderr] = [text(child.stdout), text(child.stderr)];
  // Long after it has started.
  await setTimeout(2_500);
  child.stdin.write('{"Email":"a@exam');
  await setTimeout(300);
  child.stdin.end('ple.com"}');
  expect([await stdout, await stderr]).toEqual([
    '✓ topic-0@0  row  {"Email":"a@example.com"}\n\n1 record: 1 row\n',
    '',
  ]);
});

it.runIf(hasPart('terminal', noTerminal))(
  'npm run try on a terminal says where records come from',
  async () => {
    const run = runInTerminal([process.execPath, join(root, 'cli/try/main.ts')], {
      columns: 120,
      rows: 24,
      env: { PATH: process.env['PATH'] ?? '' },
    });
    expect(await run.end()).toBe(1);
    expect(run.screen().filter(Boolean)).toEqual([
      'Standard input is a terminal: pipe records into it, or name a file of them with --records.',
      'Try npm run try -- --help.',
    ]);
  },
);
