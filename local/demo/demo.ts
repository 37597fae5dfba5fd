// `npm run demo`: delivers a sample topic to the built function and the Salesforce emulator, with one
// invocation that is killed and redelivered. Exit status 0 only when every check at the end passes. With
// `--slow` it explains each step, and waits for Enter.

import { startEnvironment } from '../environment/environment.ts';
import { startAllServers } from '../environment/servers.ts';
import { startMapping } from '../event-source-mapping/mapping.ts';
import type { Flush } from '../event-source-mapping/mapping-event.ts';
import { memorySource } from '../event-source-mapping/memory-source.ts';
import { builtFunction } from '../lambda-runtime/built-function.ts';
import { LocalFunction } from '../lambda-runtime/local-function.ts';
import { outputClosed } from '../terminal/closed-output.ts';
import { openDisplay } from '../terminal/display.ts';
import { isMetricsLine, type LogLine, readLogLine } from '../terminal/function-log.ts';
import { logLines, mappingLines } from './flush-lines.ts';
import { headerLines } from './header.ts';
import { readPauses } from './read-pauses.ts';
import { sampleTopic } from './sample-topic.ts';
import { pauseLines } from './steps.ts';
import { summarise } from './summary.ts';

const recordCount = 2400;
const maxBatchRecords = 1000;
const functionTimeoutMs = 60_000;
/** By then the job has written some of its rows, but not all. */
const killAfterMs = 1_100;
const pace = { queueMs: 400, chunkMs: 450, replyMs: 20 };

const pauses = readPauses();
const closed = outputClosed(process.stdout);
const display = openDisplay(process.stdout);
const topic = sampleTopic(recordCount);
const environment = await startEnvironment(await startAllServers(pace));
const { emulator, errantQueue } = environment;
emulator.fault({
  rowError: 'UNABLE_TO_LOCK_ROW:unable to obtain exclusive access to this record:--',
  match: { LastName: topic.locked },
});
display.show(
  headerLines({
    topic,
    batchRecords: maxBatchRecords,
    timeoutMs: functionTimeoutMs,
    url: emulator.url,
  }),
);

let stopped = false;
let flush: Flush | null = null;
let killed = false;
const committed = new Map<number, number>();
const settings = builtFunction({
  module: 'sink',
  functionName: 'msk-salesforce-sink-demo-sink',
  timeoutMs: functionTimeoutMs,
  environment: {
    SALESFORCE_OBJECT: 'Contact',
    ERRORS_TOLERANCE: 'all',
    ...environment.endpoints,
    ...environment.sinkSettings,
  },
});
const sink = new LocalFunction(settings, ({ text }) => {
  if (isMetricsLine(text)) return;
  const line = readLogLine(text);
  if (line === null) display.lines('faint', text);
  else show(line);
});
const mapping = startMapping({
  source: memorySource(topic.records),
  invoke: async (event) => {
    await pause(flush);
    return sink.invoke(event);
  },
  origin: { eventSource: 'SelfManagedKafka', bootstrapServers: 'localhost:9092' },
  limits: { maxRecords: maxBatchRecords, windowMs: 1000 },
  onEvent: (event) => {
    if (event.kind === 'flush-started') flush = event.flush;
    if (!stopped) display.show(mappingLines(event));
    if (event.kind !== 'committed') return;
    for (const { partition, offset } of event.positions) committed.set(partition, offset);
  },
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
void closed.then(stop);

try {
  await mapping.done;
  display.end();
  await pause(null);
  if (!stopped) await showSummary();
} finally {
  pauses?.close();
  await sink.kill();
  await environment.close();
}
if (stopped) {
  display.lines('plain', 'Stopped.');
  process.exitCode = 130;
}

/** Shows the line, and kills the function in the middle of its second job. */
function show(line: LogLine): void {
  display.show(logLines(line));
  if (killed || flush?.batch !== 2 || line.message !== 'job running') return;
  killed = true;
  setTimeout(() => void sink.kill(), killAfterMs);
}

async function showSummary(): Promise<void> {
  const offsets = [...committed.values()].reduce((sum, next) => sum + next, 0);
  const messages = await errantQueue.messages();
  const delivered = { messages: messages.map(({ body }) => body), committed: offsets };
  const { shown, passed } = summarise(topic, emulator, delivered);
  display.show(shown);
  process.exitCode = passed ? 0 : 1;
}

/** Explains the next step and waits, in a slow demo. */
async function pause(next: Flush | null): Promise<void> {
  if (pauses === null || stopped) return;
  display.show(pauseLines(next));
  await pauses.next();
  display.end();
}

async function stop(): Promise<void> {
  stopped = true;
  pauses?.close();
  await Promise.all([mapping.stop(), sink.kill()]);
}
