import type { Shown } from '../terminal/display.ts';
import { counted, seconds } from '../terminal/wording.ts';
import type { SampleTopic } from './sample-topic.ts';

/** What the demo is about to do; `url` is the emulator's. */
export interface DemoHeader {
  topic: SampleTopic;
  batchRecords: number;
  timeoutMs: number;
  url: string;
}

/** What stands above the flushes. */
export function headerLines({ topic, batchRecords, timeoutMs, url }: DemoHeader): Shown[] {
  const { name, partitions, records } = topic;
  const what = `${counted(partitions, 'partition')}, ${counted(records.length, 'record')}, made up`;
  return [
    { kind: 'line', tone: 'heading', text: 'msk-salesforce-sink demo' },
    ...[
      '',
      `  topic       ${name}, ${what}`,
      `  batches     at most ${counted(batchRecords, 'record')}`,
      `  function    dist/sink.mjs, in a process of its own, time-out ${seconds(timeoutMs)}`,
      `  Salesforce  emulator at ${url}, object Contact`,
      '  AWS         Secrets Manager, DynamoDB and SQS, stood in for',
      '  on purpose  the function is killed in the middle of its second job',
      '',
    ].map((text): Shown => ({ kind: 'line', tone: 'plain', text })),
  ];
}
