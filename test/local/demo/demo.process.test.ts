import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const demoPath = fileURLToPath(new URL('../../../local/demo/demo.ts', import.meta.url));

interface Run {
  child: ChildProcess;
  output: () => string;
  ended: Promise<number | null>;
}

/** Starts the demo as `npm run demo` does; the function is built before the tests begin. */
function runDemo(...options: string[]): Run {
  const child = spawn(process.execPath, [demoPath, ...options], {
    env: { ...process.env, FORCE_COLOR: undefined },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  }
  const ended = new Promise<number | null>((done) => child.once('close', done));
  return { child, output: () => output, ended };
}

/** The output that README.md shows. */
function demoInReadme(): string {
  const readme = readFileSync(
    fileURLToPath(new URL('../../../README.md', import.meta.url)),
    'utf8',
  );
  return readme.split('npm ci && npm run demo\n```\n\n```\n')[1]?.split('\n```')[0] ?? '';
}

/** The lines of the output that do not depend on the clock, with ids, ports and times masked. */
function steady(output: string): string[] {
  return output
    .trim()
    .split('\n')
    .filter((line) => !/ poll \d+ in |^\s+token \d/.test(line))
    .map((line) =>
      line.replace(/\b\d{3}\w{15}\b|:\d{4,5}\b|\d+ waits?|\d+ API calls|\d+\.\d s/g, '#'),
    );
}

test('the demo ends with every valid record in Salesforce once, after one redelivery', async () => {
  const { output, ended } = runDemo();

  expect(await ended, output()).toBe(0);
  expect(output()).toContain('✗ the function was killed');
  expect(output()).toMatch(/job 750\w+ of the prior delivery: /);
  expect(output()).toContain('flush 2  1,000 records, attempt 2');
  expect(output()).toContain('! contacts-0@20 sent to the errant queue: JSON_INVALID');
  expect(output()).toContain('In Salesforce  2,396 contacts');
  expect(output()).toContain('✓ 2,396 of 2,396 valid records are in Salesforce once');
  expect(output()).toContain('✓ 4 of 4 errant records are in the queue');
  expect(output()).toContain('✓ 2,400 of 2,400 offsets are committed');
  expect(output()).not.toContain('\u001b[');
  expect(steady(output())).toEqual(steady(demoInReadme()));
}, 60_000);

test('an interrupt stops the demo, at any time', async () => {
  const { child, output, ended } = runDemo();
  await expect.poll(output, { timeout: 15_000 }).toContain('poll 1 in');
  child.kill('SIGINT');

  expect(await ended).toBe(130);
  expect(output()).toMatch(/\nStopped\.\n$/);
}, 60_000);

test('a slow demo explains each delivery and the end, and waits for Enter before it', async () => {
  const { child, output, ended } = runDemo('--slow');
  const headings = [
    'flush 1  1,000',
    'flush 2  1,000',
    'attempt 2',
    'flush 3  400',
    ' of 400 records',
  ];
  for (const [index, heading] of headings.entries()) {
    await expect.poll(output, { timeout: 20_000 }).toContain(heading);
    await expect
      .poll(() => output().split('▌ Enter goes on.').length - 2, { timeout: 20_000 })
      .toBe(index);
    child.stdin?.write('\n');
  }

  expect(await ended, output()).toBe(0);
  expect(output()).toContain('✓ 2,396 of 2,396 valid records are in Salesforce once');
  const explained = output()
    .split('\n')
    .filter((line) => !line.startsWith('▌'));
  expect(steady(explained.join('\n')).filter(Boolean)).toEqual(
    steady(demoInReadme()).filter(Boolean),
  );
}, 90_000);

test('a slow demo whose input ends goes on, and an interrupt stops it while it waits', async () => {
  const piped = runDemo('--slow');
  piped.child.stdin?.end();
  const waiting = runDemo('--slow');
  await expect.poll(waiting.output, { timeout: 20_000 }).toContain('Enter goes on');
  waiting.child.kill('SIGINT');

  expect(await waiting.ended).toBe(130);
  expect(waiting.output()).toMatch(/\nStopped\.\n$/);
  expect(await piped.ended).toBe(0);
}, 90_000);

test('the demo refuses an option that it does not have', async () => {
  const { output, ended } = runDemo('--fast');

  expect(await ended).toBe(1);
  expect(output()).toMatch(/^Unknown option '--fast'.*\nUsage: npm run demo/);
});

test('the demo shows its help', async () => {
  const { output, ended } = runDemo('--help');

  expect([await ended, output()]).toEqual([0, expect.stringMatching(/^Usage: npm run demo.*\n$/)]);
});
