import { recordsOfLines } from '../../local/event-source-mapping/record-lines.ts';
import { newestRecords } from '../../local/kafka-consumer/newest-records.ts';
import { explain } from '../../local/runner/explain.ts';
import { counted } from '../../local/terminal/format.ts';
import { textRows } from '../../local/terminal/table.ts';
import type { KafkaRecord } from '../../src/kafka/record.ts';
import type { Command, CommandIo } from '../command.ts';
import { readTextFile } from '../read-file.ts';
import { type RecordsFrom, readTryOptions, usage } from './options.ts';
import { type Preview, previewOf } from './preview.ts';

/** `npm run try`: prints what each record becomes; 1 if the records or settings cannot be read. */
export const runTry: Command = async (args, io) => {
  try {
    const options = readTryOptions(args, io.variables);
    const lines =
      options === null ? [usage] : linesOf(await previewOf(await read(options.from, io), options));
    for (const line of lines) io.print(line);
    return 0;
  } catch (error) {
    io.complain(`${error instanceof Error ? error.message : error}\nTry npm run try -- --help.`);
    return 1;
  }
};

async function read(from: RecordsFrom, io: CommandIo): Promise<readonly KafkaRecord[]> {
  if (from.kind !== 'topic') {
    const text = from.kind === 'file' ? readTextFile(from.path) : await io.readInput();
    return recordsOfLines(text, { now: Date.now(), plainText: 'value' });
  }
  try {
    return await newestRecords(from.access, from.topic, from.limit);
  } catch (error) {
    throw new Error(explain(error, from.access), { cause: error });
  }
}

const marks = { row: '✓', delete: '✓', filtered: '–', skipped: '–', errant: '✗' } as const;

function linesOf(previews: readonly Preview[]): string[] {
  if (previews.length === 0) return ['No records.'];
  const rows = previews.map(({ record, result, detail }) => [
    `${marks[result]} ${record}`,
    result,
    detail,
  ]);
  const counts = Map.groupBy(previews, ({ result }) => result);
  const isNoun = (result: string) => result === 'row' || result === 'delete';
  const totals = [...counts].map(([result, { length }]) =>
    isNoun(result) ? counted(length, result) : `${length} ${result}`,
  );
  return [...textRows(rows), `\n${counted(previews.length, 'record')}: ${totals.join(', ')}`];
}
