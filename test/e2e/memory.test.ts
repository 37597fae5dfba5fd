import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { nodeOptions } from '../../infra/stack/node-options.ts';
import { startRefusingOrg } from './given/refusing-org.ts';

const run = promisify(execFile);

/** Node's options in a function with 512 MB. */
const heap = nodeOptions(512).split(' ');

test('the widest document that is let through, all of it refused, fits into 512 MB with its results', async () => {
  const org = await startRefusingOrg();
  onTestFinished(() => org.close());
  const script = ['--no-warnings', 'test/e2e/given/wide-flush.ts', org.url, '10000', '2990'];
  const { stdout } = await run(process.execPath, [...heap, ...script]);
  const { peakMb, ...outcome } = JSON.parse(stdout) as { peakMb: number };
  process.stdout.write(`30 million cells, all rows refused: ${peakMb} MB at the peak\n`);
  expect(outcome).toEqual({ error: null, errant: 10_000 });
  expect(peakMb).toBeLessThan(512);
});
