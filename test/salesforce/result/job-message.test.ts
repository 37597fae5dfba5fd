import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Row } from '../../../src/rows/row.ts';
import { redactJobMessage } from '../../../src/salesforce/result/job-message.ts';
import { quotingMessages, readableRuns } from './quoted-values.ts';

const templates = [
  'InvalidBatch : Field name not found : {}',
  'InvalidBatch : Failed to parse CSV near {}',
  'InvalidBatch : Fehler beim Lesen der Zeile: {}',
  'ExceededQuota : バッチの上限を超えました: {}',
  'TooManyLockFailure : {}',
  '{} : unerwartet',
];

const rowOf = (cells: readonly string[]): Row => ({
  records: [],
  parts: [],
  columns: [],
  cells,
});

const header = ['Ext__c', 'LastName'];

function redacted(message: string, rows: readonly (readonly string[])[], sent = rows.length) {
  return redactJobMessage(message, { document: { header, rows: rows.map(rowOf) }, sent });
}

const structure =
  /^(?:(?:InvalidBatch|ExceededQuota|TooManyLockFailure) : )?(?:Field name not found : )?/;

describe('the message of a job', () => {
  it('holds no run of five characters of a cell after its code, in any language and wording', () => {
    fc.assert(
      fc.property(quotingMessages(templates), fc.nat({ max: 3 }), ({ row, message }, others) => {
        const rows = [...Array<string[]>(others).fill(['other']), row];
        const text = redacted(message, rows);
        expect(readableRuns(text.replace(structure, '\u0000'), [...row, 'other'])).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    'InvalidBatch : Field name not found : LastName',
    'InvalidBatch : InvalidBatch : Field name not found : LastName',
    'TooManyLockFailure : Too many lock failure. Trying again later.',
  ])('is unchanged where no cell is quoted: %s', (message) => {
    expect(redacted(message, [['Miller', 'x-1']])).toBe(message);
  });

  it('keeps a column that is not found though a cell holds its name and all other words', () => {
    const message = 'InvalidBatch : Field name not found : LastName';
    expect(redacted(message, [[message]])).toBe(message);
  });

  it('masks what is not found when it is a value and no column', () => {
    expect(redacted('InvalidBatch : Field name not found : Millers', [['Millers']])).toBe(
      'InvalidBatch : Field name not found : …',
    );
  });

  it('masks cells that the CSV quotes', () => {
    const value = 'a "b" c, "d" e\nf';
    expect(redacted(`InvalidBatch : bad ${value}!`, [[value]])).toBe('InvalidBatch : bad …!');
  });

  it('masks short cells as whole words, whatever else begins like them', () => {
    expect(redacted('InvalidBatch : Ann or Annex', [['Ann']])).toBe('InvalidBatch : … or Annex');
  });

  it('is its code alone when rows of the job are not available', () => {
    expect(redacted('InvalidBatch : bad value Miller', [['x']], 2)).toBe('InvalidBatch : …');
    const column = 'InvalidBatch : Field name not found : Ext__c';
    expect(redacted(column, [['x']], 2)).toBe(column);
  });
});
