// `npm run demo`: a sample topic through the built function into the Salesforce emulator, with one
// flush that fails and is delivered again. Exit status 0 only when the sums at the end are right.
import { LocalFunction } from '../event-source/local-function.ts';
import { startMapping } from '../event-source/mapping.ts';
import { memorySource } from '../event-source/memory-source.ts';
import { type Display, openDisplay } from '../terminal/display.ts';
import { readLogLine } from '../terminal/function-log.ts';
import { counted, seconds } from '../terminal/wording.ts';
import { logLines, mappingLines } from './flush-lines.ts';
import { type SampleTopic, sampleTopic } from './sample-topic.ts';
import { summarise } from './summary.ts';
import { startSurroundings } from './surroundings.ts';

const RECORDS = 2400;
const BATCH_RECORDS = 1000;
const TIMEOUT_MS = 6000;
const PACE = { queueMs: 400, chunkMs: 200, replyMs: 20 };

const display = openDisplay(process.stdout);
const topic = sampleTopic(RECORDS);
const surroundings = await startSurroundings(TIMEOUT_MS, PACE);
// The second job never leaves the queue, so its flush runs out of time and is delivered again.
surroundings.emulator.fault({ job: 'stall', state: 'UploadComplete', skip: 1 });
showHeader(display, topic, surroundings.emulator.url);

let stopped = false;
let errants = 0;
const committed = new Map<number, number>();
const sink = new LocalFunction(surroundings.functionSettings, ({ text }) => {
  const line = readLogLine(text);
  if (line?.message === 'errant record') errants += 1;
  if (line === null) display.lines('faint', text);
  else display.show(logLines(line));
});
const mapping = startMapping({
  source: memorySource(topic.records),
  invoke: (event) => sink.invoke(event),
  origin: { eventSource: 'SelfManagedKafka', bootstrapServers: 'localhost:9092' },
  limits: { maxRecords: BATCH_RECORDS, windowMs: 1000 },
  onEvent: (event) => {
    if (!stopped) display.show(mappingLines(event));
    if (event.kind !== 'committed') return;
    for (const { partition, offset } of event.positions) committed.set(partition, offset);
  },
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());

try {
  await mapping.done;
} finally {
  display.end();
  await sink.kill();
  await surroundings.close();
}
if (stopped) {
  display.lines('plain', 'Stopped.');
  process.exitCode = 130;
} else {
  const offsets = [...committed.values()].reduce((sum, next) => sum + next, 0);
  const delivered = { errants, committed: offsets };
  const { shown, right } = summarise(topic, surroundings.emulator, delivered);
  display.show(shown);
  process.exitCode = right ? 0 : 1;
}

async function stop(): Promise<void> {
  stopped = true;
  await Promise.all([mapping.stop(), sink.kill()]);
}

function showHeader(to: Display, { name, partitions, records }: SampleTopic, url: string): void {
  to.lines('heading', 'msk-salesforce-sink demo', '');
  to.lines(
    'plain',
    `  topic       ${name}, ${counted(partitions, 'partition')}, ${counted(records.length, 'record')}, made up`,
    `  batches     at most ${counted(BATCH_RECORDS, 'record')}`,
    `  function    dist/sink.mjs, in a process of its own, time-out ${seconds(TIMEOUT_MS)}`,
    `  Salesforce  emulator at ${url}, object Contact`,
    "  on purpose  the second job never leaves Salesforce's queue",
    '',
  );
}
