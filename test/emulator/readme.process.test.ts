import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Emulator, startEmulator } from 'salesforce-bulk-emulator';
import { afterAll, beforeAll, expect, test } from 'vitest';

const README = readFileSync(join(import.meta.dirname, '../../emulator/README.md'), 'utf8');
const scripts = README.split('```sh\n')
  .slice(1)
  .map((part) => part.split('```')[0] ?? '');
const [byHand = '', controls = ''] = scripts.filter((script) => script.includes('$URL'));

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

async function shell(script: string): Promise<string> {
  const { stdout } = await promisify(execFile)('sh', ['-e', '-c', script], {
    env: { ...process.env, URL: emulator.url },
  });
  return stdout;
}

test('the job by hand ends with the failed row', async () => {
  const output = await shell(byHand.replace('sleep 1', 'sleep 0.2'));
  expect(output).toContain('"sf__Id","sf__Error",LastName,Birthdate\n"","INVALID_FIELD:Failed');
  expect(emulator.records('Contact')).toMatchObject([{ LastName: 'Ada', Birthdate: '1815-12-10' }]);
});

test('the examples of the control plane are all accepted', async () => {
  const armed = controls.slice(0, controls.indexOf('curl -s $URL/__emulator/records'));
  expect(await shell(armed)).not.toContain('"error"');
  const faults = await (await fetch(`${emulator.url}/__emulator/faults`)).json();
  expect(faults).toHaveLength(5);
  expect(await shell(controls)).not.toContain('"error"');
  expect(emulator.jobs()).toEqual([]);
});
