import { describe, expect, it } from 'vitest';
import type { ResultKind } from '../../../src/salesforce/job/result-file.ts';
import { resultFileOf } from '../../../src/salesforce/job/result-file.ts';

const read = (body: string, kind: ResultKind = 'failedResults', least = 0) =>
  resultFileOf({ status: 200, headers: {}, body }, { kind, least });

const failed = '"sf__Id","sf__Error",Email,LastName\n"","E:m:--","a@x","Ann"\n';

describe('a result file', () => {
  it('has the columns that were sent, and the error beside them', () => {
    expect(read(failed)).toEqual({
      header: ['Email', 'LastName'],
      rows: [{ cells: ['a@x', 'Ann'], error: 'E:m:--' }],
    });
  });

  it('has its columns by their names, wherever they stand', () => {
    expect(read('LastName,sf__Error,Email,sf__Id\nAnn,E:m:--,a@x,\n')).toEqual({
      header: ['LastName', 'Email'],
      rows: [{ cells: ['Ann', 'a@x'], error: 'E:m:--' }],
    });
  });

  it('may hold line breaks and commas in cells and errors', () => {
    const body = '"sf__Id","sf__Error",LastName\n"","E:one\ntwo, ""three"":--","Ann\nBob"\n';
    expect(read(body).rows).toEqual([{ cells: ['Ann\nBob'], error: 'E:one\ntwo, "three":--' }]);
  });

  it('of rows as they were sent has no error, and no line break at its end', () => {
    expect(read('Email,LastName\na@x,Ann\n,Bob', 'unprocessedrecords').rows).toEqual([
      { cells: ['a@x', 'Ann'], error: '' },
      { cells: ['', 'Bob'], error: '' },
    ]);
  });

  it('with a row that is short has empty cells in it', () => {
    expect(read('sf__Id,sf__Error,A,B\n,E,1\n').rows).toEqual([{ cells: ['1', ''], error: 'E' }]);
  });

  it('may have no rows', () => {
    expect(read('"sf__Id","sf__Error",LastName\n').rows).toEqual([]);
  });
});

describe('no result file', () => {
  it.each<readonly [string, string, ResultKind, number]>([
    ['nothing', '', 'unprocessedrecords', 0],
    ['half a cell', '"sf__Id","sf__Er', 'failedResults', 0],
    ['fewer rows than there must be', failed, 'failedResults', 2],
    ['a page of HTML', '<html><p>Sorry, maintenance</p></html>', 'failedResults', 0],
    ['a page of HTML for the written rows', '<html>\n<p>Sorry</p>', 'successfulResults', 0],
    ['an error in JSON', '[{"errorCode":"X","message":"y"}]', 'successfulResults', 0],
    ['failed rows for the written ones', failed, 'successfulResults', 0],
  ])('is %s', (_name, body, kind, least) => {
    expect(() => read(body, kind, least)).toThrow(/answered 200/);
  });

  it('is told of without what it holds', () => {
    expect(() => read('secret', 'failedResults')).toThrow(/^(?!.*secret)/);
  });
});
