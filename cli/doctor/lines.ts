import { styleText } from 'node:util';
import { counted } from '../../local/terminal/format.ts';
import { indented, textRows } from '../../local/terminal/table.ts';
import type { Diagnosis, Finding } from './diagnosis.ts';

const marks = {
  passed: { mark: '✓', colour: 'green' },
  warned: { mark: '!', colour: 'yellow' },
  failed: { mark: '✗', colour: 'red' },
  skipped: { mark: '–', colour: 'gray' },
} as const;

/** A line for each check, with its remedy if there is one, and the total. */
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
  return [...blocks, totalLine(all, stream)];
}

/** The number of checks in each state; green only if something was checked and nothing is wrong. */
function totalLine(all: readonly Finding[], stream: NodeJS.WritableStream): string {
  const states = ['failed', 'passed', 'warned', 'skipped'] as const;
  const counts = states.map((state) => all.filter((one) => one.state === state).length);
  const [failed = 0, passed = 0] = counts;
  const named = counts.flatMap((count, index) => (count === 0 ? [] : `${count} ${states[index]}`));
  const state = failed > 0 || passed === 0 ? 'failed' : 'passed';
  const { mark, colour } = marks[state];
  return styleText(colour, `${mark} ${counted(all.length, 'check')}: ${named.join(', ')}.`, {
    stream,
  });
}

function rowsOf({ check, state, detail, remedy }: Finding): string[][] {
  const [first = '', ...others] = detail.split('\n');
  const rest = remedy === null ? others : [...others, `→ ${remedy}`];
  return [[`${marks[state].mark} ${check}`, first], ...rest.map((text) => ['', text])];
}
