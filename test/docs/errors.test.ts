import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { errorCodes } from '../../src/errors.ts';
import { errantCodes } from '../../src/record-error.ts';

const text = readFileSync('docs/ERRORS.md', 'utf8');
const [flushes = '', records = ''] = text.split('## Errant records');
const entriesOf = (part: string) =>
  part
    .split(/^### /m)
    .slice(1)
    .map((entry) => [entry.split('\n')[0] as string, entry] as const);

describe('docs/ERRORS.md', () => {
  it('has an entry for every code of a failed flush, and for no other', () => {
    const documented = entriesOf(flushes).map(([code]) => code);
    expect(documented.toSorted()).toEqual(Object.keys(errorCodes).toSorted());
  });

  it('has an entry for every code of an errant record, and for no other', () => {
    const documented = entriesOf(records).map(([code]) => code);
    expect(documented.toSorted()).toEqual([...errantCodes].toSorted());
  });

  it.each([...entriesOf(flushes), ...entriesOf(records)])(
    'gives a remedy for %s',
    (_code, entry) => {
      expect(entry).toMatch(/^\*\*Remedy:\*\* \S/m);
    },
  );

  it.each(entriesOf(flushes))('says of %s truly whether it is retryable', (code, entry) => {
    const { retryable } = errorCodes[code as keyof typeof errorCodes];
    expect(entry).toContain(`Retryable: ${retryable ? 'yes' : 'no'}.`);
  });
});
