import type { Shown } from '../terminal/display.ts';
import { counted, seconds } from '../terminal/format.ts';
import type { SampleTopic } from './sample-topic.ts';

/** The settings of the demo; `url` is the emulator's. */
export interface DemoHeader {
  topic: SampleTopic;
  batchRecords: number;
  timeoutMs: number;
  url: string;
}

/** The lines above the flushes. */
export function headerLines({ topic, batchRecords, timeoutMs, url }: DemoHeader): Shown[] {
  const { name, partitions, records } = topic;
  const what = `${counted(partitions, 'partition')}, ${counted(records.length, 'record')}, generated`;
  return [
    { kind: 'line', tone: 'heading', text: 'msk-salesforce-sink demo' },
    ...[
      '',
      `  topic       ${name}, ${what}`,
      `  batches     at most ${counted(batchRecords, 'record')}`,
      `  function    dist/sink.mjs in its own process, timeout ${seconds(timeoutMs)}`,
      `  Salesforce  emulator at ${url}, object Contact`,
      '  AWS         Secrets Manager, DynamoDB and SQS, emulated',
      '  fault       the function is killed in the middle of its second job',
      '',
    ].map((text): Shown => ({ kind: 'line', tone: 'plain', text })),
  ];
}
