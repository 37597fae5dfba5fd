// Shows what records become, without writing them: npm run try -- --transform '…' < records.jsonl
import { readFileSync } from 'node:fs';
import { recordsOfLines } from '../../local/event-source-mapping/record-lines.ts';
import { newestRecords } from '../../local/kafka-consumer/newest-records.ts';
import { explain } from '../../local/runner/explain.ts';
import { counted } from '../../local/terminal/format.ts';
import { textRows } from '../../local/terminal/table.ts';
import type { KafkaRecord } from '../../src/kafka/record.ts';
import { type RecordsFrom, readTryOptions, usage } from './options.ts';
import { type Preview, previewOf } from './preview.ts';

const marks = { row: '✓', delete: '✓', filtered: '–', skipped: '–', errant: '✗' } as const;

function print(previews: readonly Preview[]): void {
  const rows = previews.map(({ record, result, detail }) => [
    `${marks[result]} ${record}`,
    result,
    detail,
  ]);
  for (const line of textRows(rows)) console.log(line);
  const counts = Map.groupBy(previews, ({ result }) => result);
  const isNoun = (result: string) => result === 'row' || result === 'delete';
  const totals = [...counts].map(([result, { length }]) =>
    isNoun(result) ? counted(length, result) : `${length} ${result}`,
  );
  const all = `${counted(previews.length, 'record')}: ${totals.join(', ')}`;
  console.log(previews.length === 0 ? 'No records.' : `\n${all}`);
}

async function read(from: RecordsFrom): Promise<readonly KafkaRecord[]> {
  if (from.kind !== 'topic') {
    const file = from.kind === 'file' ? from.path : process.stdin.fd;
    const text = readFileSync(file, 'utf8');
    return recordsOfLines(text, { now: Date.now(), plainText: 'value' });
  }
  try {
    return await newestRecords(from.access, from.topic, from.limit);
  } catch (error) {
    throw new Error(explain(error, from.access), { cause: error });
  }
}

try {
  const options = readTryOptions(process.argv.slice(2), process.env);
  if (options === null) console.log(usage);
  else print(await previewOf(await read(options.from), options));
} catch (error) {
  console.error(`${error instanceof Error ? error.message : error}\nTry npm run try -- --help.`);
  process.exitCode = 1;
}
