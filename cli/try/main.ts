// Shows what records become, without writing them: npm run try -- --transform '…' < records.jsonl
import { readFileSync } from 'node:fs';
import { counted } from '../../local/terminal/format.ts';
import { textRows } from '../../local/terminal/table.ts';
import { recordsOfLines } from './lines.ts';
import { readTryOptions, type TryOptions, usage } from './options.ts';
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
  console.log(`\n${counted(previews.length, 'record')}: ${totals.join(', ')}`);
}

async function show({ file, config }: TryOptions): Promise<void> {
  const text = readFileSync(file ?? process.stdin.fd, 'utf8');
  print(await previewOf(recordsOfLines(text, Date.now()), config));
}

try {
  const options = readTryOptions(process.argv.slice(2), process.env);
  if (options === null) console.log(usage);
  else await show(options);
} catch (error) {
  console.error(`${error instanceof Error ? error.message : error}\nTry npm run try -- --help.`);
  process.exitCode = 1;
}
