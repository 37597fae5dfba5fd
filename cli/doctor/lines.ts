import { styleText } from 'node:util';
import { counted } from '../../local/terminal/format.ts';
import { indented, textRows } from '../../local/terminal/table.ts';
import type { Diagnosis, Finding } from './diagnosis.ts';

const marks = {
  passed: { mark: '✓', colour: 'green' },
  failed: { mark: '✗', colour: 'red' },
  skipped: { mark: '–', colour: 'gray' },
} as const;

/** A line for each check, with its remedy if it failed, and the total. */
export function diagnosisLines({ sinks }: Diagnosis, stream: NodeJS.WritableStream): string[] {
  const all = sinks.flatMap(({ findings }) => findings);
  const lines = textRows(all.flatMap(rowsOf)).map(indented);
  const blocks = sinks.flatMap(({ functionName, findings }) => [
    functionName,
    ...findings.flatMap((finding) => {
      const { mark, colour } = marks[finding.state];
      const [first = '', ...rest] = lines.splice(0, rowsOf(finding).length);
      return [first.replace(mark, styleText(colour, mark, { stream })), ...rest];
    }),
    '',
  ]);
  const failed = all.filter(({ state }) => state === 'failed').length;
  const total = failed === 0 ? '✓ All checks passed.' : `✗ ${counted(failed, 'check')} failed.`;
  return [...blocks, styleText(failed === 0 ? 'green' : 'red', total, { stream })];
}

function rowsOf({ check, state, detail, remedy }: Finding): string[][] {
  const [first = '', ...others] = detail.split('\n');
  const rest = remedy === null ? others : [...others, `→ ${remedy}`];
  return [[`${marks[state].mark} ${check}`, first], ...rest.map((text) => ['', text])];
}
