import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../infra/template.ts';
import { bareEnvironment } from '../support/environment.ts';

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

it('npm run try reads standard input and the environment', () => {
  const field = { FIELD_MAP: '{"mail":"Email"}' };
  expect(start('try', [], '{"mail":"a@example.com"}', field)).toEqual({
    status: 0,
    stdout: '✓ topic-0@0  row  {"Email":"a@example.com"}\n\n1 record: 1 row\n',
    stderr: '',
  });
});
