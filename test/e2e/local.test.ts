import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { contacts } from './given/org.ts';
import { givenTopic } from './given/topic.ts';

const section = readFileSync('docs/LOCAL.md', 'utf8');
const [, command = ''] = /```sh\n(npm run local .+)\n```/.exec(section) ?? [];
const [, sample = ''] = /```\n(msk-salesforce-sink on [^`]+)```/.exec(section) ?? [];

/** The lines of an output without times and ports; partitions come in any order. */
const steady = (output: string): string[] =>
  output
    .trim()
    .split('\n')
    .map((line) => line.replace(/\d+\.\d s in|in \d+\.\d s|:\d{4,5}\b/g, '#'))
    .map((line) => (line.startsWith('✓') ? line.split(' ').toSorted().join(' ') : line));

test('the command in docs/LOCAL.md does what docs/LOCAL.md shows, and has no lag when it stops', async () => {
  const topic = await givenTopic({ partitions: 3 });
  await topic.produce(contacts(2400, topic.partitions));
  const [program = '', ...args] = command
    .replace('localhost:9092', topic.brokers.join(','))
    .replace('--topic contacts', `--topic ${topic.name}`)
    .replace('npm run', 'npm run --silent')
    .split(' ');
  // A process group of its own, which gets the Ctrl-C as a whole, as from a terminal.
  const child = spawn(program, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  }
  const ended = once(child, 'close');
  const signal = (name: NodeJS.Signals) => process.kill(-(child.pid ?? 0), name);
  onTestFinished(
    () => void (child.exitCode === null && child.signalCode === null && signal('SIGKILL')),
  );
  await expect.poll(() => output, { timeout: 60_000 }).toContain('  lag 0\n');
  signal('SIGINT');
  await ended;

  const shown = output
    .replaceAll(topic.name, 'contacts')
    .replace(topic.brokers.join(','), 'localhost:9092');
  expect(steady(shown)).toEqual(steady(sample));
  expect(await topic.committed('msk-salesforce-sink-local')).toEqual(await topic.ends());
});
