import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../../infra/template.ts';
import { bareEnvironment } from '../../support/environment.ts';

it('npm run replay that is stopped gives back the rest, says so, and has the status of Ctrl-C', async () => {
  const env = { ...bareEnvironment, NO_COLOR: '1' };
  const args = [join(root, 'cli/replay/main.ts'), '--local', '--batch-size', '1'];
  const child = spawn(process.execPath, args, { env });
  let out = '';
  child.stdout.on('data', (data: Buffer) => {
    out += data.toString();
    if (!child.killed && out.includes(' received, ')) child.kill('SIGINT');
  });
  const [status] = await once(child, 'close');
  expect(out).toMatch(/\nStopping after the invocation in flight; .*\n/);
  expect(out).toMatch(/\nStopped; run it again to continue\.\n$/);
  expect(status).toBe(130);
});
