import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import contact from 'salesforce-bulk-emulator/objects/Contact.json' with { type: 'json' };
import { expect, onTestFinished, test } from 'vitest';
import { login } from './client.ts';

const MAIN = join(import.meta.dirname, '../../emulator/src/main.ts');

function start(...options: string[]) {
  return startWith({}, ...options);
}

function startWith(variables: Record<string, string>, ...options: string[]) {
  const child = spawn(process.execPath, [MAIN, ...options], {
    env: { ...process.env, ...variables },
  });
  const output = { out: '', error: '' };
  child.stdout.on('data', (chunk) => {
    output.out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output.error += chunk;
  });
  return { child, output };
}

test('the command prints its URL, lets clients log in and stops on SIGINT', async () => {
  const { child, output } = start('--port', '0');
  await expect.poll(() => output.out, { timeout: 10_000 }).toContain('Ctrl-C');
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(output.out)?.[0] ?? '';
  expect(await login(url)).toMatch(/^00D/);
  child.kill('SIGINT');
  const [code] = await once(child, 'exit');
  expect([code, output.error]).toEqual([0, '']);
  expect(output.out).toContain('Stopped.');
});

test('the command takes the describe results of another org', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'objects-'));
  const campaign = { ...contact, name: 'Campaign', keyPrefix: '701' };
  await writeFile(join(folder, 'campaign.json'), JSON.stringify(campaign));
  const { child, output } = start('--port', '0', '--objects', folder);
  await expect.poll(() => output.out, { timeout: 10_000 }).toContain('Ctrl-C');
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(output.out)?.[0] ?? '';
  const status = await (await fetch(`${url}/__emulator/status`)).json();
  expect(status).toMatchObject({ objects: expect.arrayContaining(['Account', 'Campaign']) });
  child.kill('SIGINT');
  await once(child, 'exit');
  await rm(folder, { recursive: true });
});

test.each([
  [{ npm_config_port: '5000' }, '--port=5000'],
  [{ npm_config_pace: 'true', npm_config_api_limit: '9' }, '--pace=VALUE --api-limit=9'],
])('the command refuses what npm kept for itself: %j', async (kept, line) => {
  const { child, output } = startWith(
    { npm_lifecycle_event: 'emulator', ...kept } as never,
    '--port',
    'x',
  );
  const [code] = await once(child, 'exit');
  expect(code).toBe(1);
  expect(output.error).toContain(`npm run emulator -- ${line}\n`);
});

test("of a script with another name npm's options are not its own", async () => {
  const kept = { npm_lifecycle_event: 'start', npm_config_port: '5000' };
  const { child, output } = startWith(kept, '--port', 'x');
  await once(child, 'exit');
  expect(output.error).toContain('--port takes a whole number, not x');
});

test('the help names options and choices', async () => {
  const { child, output } = start('--help');
  await once(child, 'exit');
  for (const text of ['--port', '--pace', '--objects', 'second-upload', 'put | close']) {
    expect(output.out).toContain(text);
  }
});

test.each([
  ['--pace', 'quick', '--pace takes fast, lifelike, slow or queueMs,chunkMs[,replyMs]'],
  ['--port', 'x', '--port takes a whole number, not x'],
  ['--choice', 'second-upload=never', 'The choice second-upload takes put or close'],
  ['--choice', 'colour=red', 'There is no choice named colour'],
])('the command refuses %s %s', async (option, value, message) => {
  const { child, output } = start(option, value);
  const [code] = await once(child, 'exit');
  expect(code).toBe(1);
  expect(output.error).toContain(message);
});

test('a port that is in use, and an address of no own, are named with a remedy', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  onTestFinished(async () => {
    taken.close();
    await once(taken, 'close');
  });
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  for (const [line, message] of [
    [['--port', `${port}`], `Port ${port} is in use on 127.0.0.1: choose another with --port; 0`],
    [['--port', '70000'], '--port takes a whole number from 0 to 65535, not 70000'],
    [['--port', '0', '--host', '192.0.2.1'], '--host takes an address of this machine, such as'],
  ] as const) {
    const { child, output } = start(...line);
    const [code] = await once(child, 'close');
    expect([code, output.error]).toEqual([1, expect.stringContaining(message)]);
  }
});
