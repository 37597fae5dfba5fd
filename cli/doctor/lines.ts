import { styleText } from 'node:util';
import type { Diagnosis, Finding } from './diagnosis.ts';

const looks = {
  good: { mark: '✓', colour: 'green' },
  bad: { mark: '✗', colour: 'red' },
  open: { mark: '–', colour: 'gray' },
} as const;

/** A table with a line for each thing that was looked at, and its remedy where it is bad. */
export function diagnosisLines({ sinks }: Diagnosis, stream: NodeJS.WritableStream): string[] {
  const all = sinks.flatMap(({ findings }) => findings);
  const width = Math.max(...all.map(({ check }) => check.length));
  const bad = all.filter(({ state }) => state === 'bad').length;
  const blocks = sinks.flatMap(({ functionName, findings }) => [
    functionName,
    ...findings.flatMap((one) => linesOf(one, width, stream)),
    '',
  ]);
  const sum =
    bad === 0 ? '✓ Nothing is wrong.' : `✗ ${bad} ${bad === 1 ? 'thing is' : 'things are'} wrong.`;
  return [...blocks, styleText(bad === 0 ? 'green' : 'red', sum, { stream })];
}

function linesOf(
  { check, state, says, remedy }: Finding,
  width: number,
  stream: NodeJS.WritableStream,
) {
  const { mark, colour } = looks[state];
  const [first = '', ...others] = says.split('\n');
  const indent = ' '.repeat(width + 6);
  const head = `  ${styleText(colour, mark, { stream })} ${check.padEnd(width)}  ${first}`;
  const rest = remedy === null ? others : [...others, `→ ${remedy}`];
  return [head, ...rest.map((text) => `${indent}${text}`)];
}
