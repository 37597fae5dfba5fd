import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { javaDouble } from '../../../local/salesforce/row/number-cell.ts';
import type { EndState } from '../../../src/salesforce/job/job-info.ts';
import type { ResultFile } from '../../../src/salesforce/job/result-file.ts';
import {
  allWritten,
  fatesOf,
  filesAddUp,
  type JobRows,
  type ResultFiles,
  type RowFate,
} from '../../../src/salesforce/result/fates.ts';
import { documentOfFields } from '../../given/document.ts';

const jobOf = (state: EndState, processed: number | null, failed: number | null) => ({
  ...{ id: '750000000000001', state, processed, failed },
  ...{ errorMessage: null, waits: 0, tookMs: 0 },
});

/** A result file as the job reads it; each row has the same error. */
function file(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  error = '',
): ResultFile {
  const sparse = rows.map((row) => {
    const columns = [...row.keys()].filter((column) => row[column] !== '');
    return { columns, cells: columns.map((column) => row[column] ?? ''), error };
  });
  return { header, rows: sparse };
}

const lockError = 'UNABLE_TO_LOCK_ROW:unable to obtain exclusive access:--';

const failedFile = (header: string[], ...rows: readonly string[][]) =>
  file(header, rows, lockError);

const noFiles: ResultFiles = { failed: null, unprocessed: null, successful: null };

const kinds = (fates: readonly RowFate[]) => fates.map(({ kind }) => kind);

describe('a job', () => {
  it.each([
    ['JobComplete', 5, 0, true],
    ['JobComplete', 5, 1, false],
    ['JobComplete', 4, 0, false],
    ['JobComplete', 5, null, false],
    ['JobComplete', null, 0, false],
    ['Failed', 5, 0, false],
    ['Aborted', 5, 0, false],
  ] as const)('that is %s with %s processed and %s failed of 5 wrote all: %s', (...given) => {
    const [state, processed, failed, wrote] = given;
    expect(allWritten({ job: jobOf(state, processed, failed), sent: 5 })).toBe(wrote);
  });

  it.each([
    ['all are told of', 5, 1, 1, 0, true],
    ['some were not attempted', 3, 1, 1, 2, true],
    ['rows are in no file', 4, 1, 1, 0, false],
    ['fewer failed than it counts', 5, 2, 1, 0, false],
    ['more failed than it counts', 5, 0, 1, 0, false],
    ['nothing is counted', null, null, 0, 5, false],
  ] as const)('adds up when %s: %s, %s, %s, %s: %s', (...given) => {
    const [, processed, failed, failedRows, unprocessedRows, adds] = given;
    const lines = (count: number) => file(['A'], Array(count).fill(['x']));
    const files = {
      ...{ failed: lines(failedRows), unprocessed: lines(unprocessedRows), successful: null },
    };
    expect(filesAddUp({ job: jobOf('Failed', processed, failed), sent: 5 }, files)).toBe(adds);
  });
});

describe('a row', () => {
  const document = documentOfFields([
    { LastName: 'Ann' },
    { LastName: 'Bob' },
    { LastName: 'Cid' },
  ]);
  const rows = (sent = 3, processed = 3, failed = 1): JobRows => ({
    ...{ job: jobOf('JobComplete', processed, failed), sent, document, key: null },
  });

  it('that is in the file of failed rows has failed, with what Salesforce says', () => {
    const { fates, strays } = fatesOf(rows(), {
      ...noFiles,
      failed: failedFile(['LastName'], ['Bob']),
    });
    expect(kinds(fates)).toEqual(['written', 'failed', 'written']);
    expect(fates[1]).toMatchObject({
      error: { code: 'UNABLE_TO_LOCK_ROW', message: 'unable to obtain exclusive access' },
    });
    expect(strays).toEqual([]);
  });

  it('that failed and is none of ours is given back as it stands', () => {
    const failed = failedFile(['LastName', 'Phone'], ['Zoe', '1']);
    const { fates, strays, certain } = fatesOf(rows(), { ...noFiles, failed });
    expect(kinds(fates)).toEqual(['written', 'written', 'written']);
    expect(strays).toMatchObject([
      { header: ['LastName', 'Phone'], cells: ['Zoe', '1'], error: { code: 'UNABLE_TO_LOCK_ROW' } },
    ]);
    expect(certain).toBe(true);
  });

  it('that failed and may be of a record that is not at hand is no stray, and leaves a doubt', () => {
    const failed = failedFile(['LastName'], ['Zoe']);
    const { strays, certain } = fatesOf(rows(4, 4), { ...noFiles, failed });
    expect(strays).toEqual([]);
    expect(certain).toBe(false);
  });

  it('that failed is a stray where more have no place than records are not at hand', () => {
    const failed = failedFile(['LastName'], ['Zoe'], ['Yve']);
    expect(fatesOf(rows(4, 4, 2), { ...noFiles, failed }).strays).toHaveLength(2);
  });

  it('that nobody attempted and that is none of ours leaves a doubt about all', () => {
    const unprocessed = file(['LastName'], [['Zoe']]);
    expect(fatesOf(rows(3, 2, 0), { ...noFiles, unprocessed }).certain).toBe(false);
  });

  it('that no file tells of was not attempted, once the successful rows are read', () => {
    const successful = file(['LastName'], [['Cid']]);
    const files = { ...noFiles, failed: failedFile(['LastName'], ['Ann']), successful };
    const { fates, certain } = fatesOf(rows(3, 2), files);
    expect(kinds(fates)).toEqual(['failed', 'unprocessed', 'written']);
    expect(certain).toBe(true);
  });

  it('is never called written when Salesforce counts more rows than its files hold', () => {
    const successful = file(['LastName'], [['Cid']]);
    const files = { ...noFiles, failed: failedFile(['LastName'], ['Ann']), successful };
    expect(() => fatesOf(rows(3, 3), files)).toThrow(
      /^JOB_ROWS_MISSING: Job 750000000000001 processed 3 of 3 rows, but its results hold 2/,
    );
  });
});

const kind = fc.constantFrom<RowFate['kind']>('written', 'failed', 'unprocessed');
const cell = fc.constantFrom('Ann', 'ann', '007', '7', 'x;"y",\nz');
const size = fc.constantFrom(250, 912260031, 9007199254740991, 0.1);
const sentRows = fc.array(fc.tuple(cell, size, kind), { minLength: 1, maxLength: 30 });

type SentRow = readonly [name: string, size: number, kind: RowFate['kind']];

/** Rows that nobody can tell apart have one name. */
const nameOf = ([name, number]: SentRow) => `${name}|${number}`;

/** The files of these rows, backwards, with numbers as Salesforce gives them back. */
function filesOf(sent: readonly SentRow[], readSuccessful: boolean): ResultFiles {
  const of = (wanted: RowFate['kind']) =>
    sent.filter(([, , one]) => one === wanted).map(([name, number]) => [javaDouble(number), name]);
  const header = ['Size', 'Name'];
  return {
    failed: failedFile(header, ...of('failed').reverse()),
    unprocessed: file(header, of('unprocessed').reverse()),
    successful: readSuccessful ? file(header, of('written').reverse()) : null,
  };
}

const documentOfRows = (sent: readonly SentRow[]) =>
  documentOfFields(sent.map(([Name, Size]) => ({ Name, Size })));

const countsOf = (names: readonly string[]) =>
  Object.fromEntries(
    [...Map.groupBy(names, (name) => name)].map(([name, { length }]) => [name, length]),
  );

function jobRows(sent: readonly SentRow[], atHand: readonly SentRow[]): JobRows {
  const count = (wanted: RowFate['kind']) => sent.filter(([, , one]) => one === wanted).length;
  const job = jobOf('Failed', count('written') + count('failed'), count('failed'));
  return { job, sent: sent.length, document: documentOfRows(atHand), key: null };
}

it('of equal rows, as many get each fate as Salesforce says, and of others each its own', () => {
  fc.assert(
    fc.property(sentRows, fc.boolean(), (sent, readSuccessful) => {
      const { fates, strays, certain } = fatesOf(
        jobRows(sent, sent),
        filesOf(sent, readSuccessful),
      );
      const given = fates.map((fate, row) => `${nameOf(sent[row]!)} ${fate.kind}`);
      const truth = sent.map((row) => `${nameOf(row)} ${row[2]}`);
      expect(countsOf(given)).toEqual(countsOf(truth));
      expect(strays).toEqual([]);
      expect(certain).toBe(true);
    }),
  );
});

it('when the records come back in two halves, each row gets its own fate in its half', () => {
  const different = fc.uniqueArray(fc.tuple(cell, size, kind), { selector: nameOf, minLength: 2 });
  fc.assert(
    fc.property(different, fc.integer({ min: 1 }), (sent, cut) => {
      const at = cut % sent.length;
      for (const half of [sent.slice(0, at), sent.slice(at)]) {
        if (half.length === 0) continue;
        const given = fatesOf(jobRows(sent, half), filesOf(sent, true));
        expect(kinds(given.fates)).toEqual(half.map(([, , one]) => one));
        expect(given.strays).toEqual([]);
        const unsure = fatesOf(jobRows(sent, half), filesOf(sent, false));
        if (unsure.certain) expect(unsure.fates).toEqual(given.fates);
      }
    }),
  );
});
