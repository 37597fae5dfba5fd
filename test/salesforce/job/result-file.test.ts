import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { NoReply } from '../../../src/runtime/http/no-reply.ts';
import type { ResultKind } from '../../../src/salesforce/job/result-file.ts';
import { readResultFile } from '../../../src/salesforce/job/result-file.ts';

/** Reads a file that arrives in chunks of this size. */
const read = (body: string, kind: ResultKind = 'failedResults', least = 0, pieceBytes = 5) => {
  const bytes = Buffer.from(body);
  const pieces = async function* () {
    for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
  };
  return readResultFile({ status: 200, headers: {}, body: pieces() }, { kind, least });
};

const failed = '"sf__Id","sf__Error",Email,LastName\n"","E:m:--","a@x","Ann"\n';

describe('a result file', () => {
  it('has the columns that were sent, and the error beside them', async () => {
    expect(await read(failed)).toEqual({
      header: ['Email', 'LastName'],
      rows: [{ columns: [0, 1], cells: ['a@x', 'Ann'], error: 'E:m:--' }],
    });
  });

  it('has its columns by their names, in any order', async () => {
    expect(await read('LastName,sf__Error,Email,sf__Id\nAnn,E:m:--,a@x,\n')).toEqual({
      header: ['LastName', 'Email'],
      rows: [{ columns: [0, 1], cells: ['Ann', 'a@x'], error: 'E:m:--' }],
    });
  });

  it('has no empty cells', async () => {
    const body = '"sf__Id","sf__Error",A,B,C,D\n"","E","","1","","x"\n"","F","","","",""\n';
    expect((await read(body)).rows).toEqual([
      { columns: [1, 3], cells: ['1', 'x'], error: 'E' },
      { columns: [], cells: [], error: 'F' },
    ]);
  });

  it('has the columns of a package called sf, which are not those of Salesforce', async () => {
    const body = 'sf__Id,sf__Error,sf__Score__c,sf__Acme__r.sf__Key__c\n,E,1,K\n';
    expect(await read(body)).toEqual({
      header: ['sf__Score__c', 'sf__Acme__r.sf__Key__c'],
      rows: [{ columns: [0, 1], cells: ['1', 'K'], error: 'E' }],
    });
  });

  it('may hold line breaks and commas in cells and errors', async () => {
    const body = '"sf__Id","sf__Error",LastName\n"","E:one\ntwo, ""three"":--","Ann\r\nBob"\n';
    expect((await read(body)).rows).toEqual([
      { columns: [0], cells: ['Ann\r\nBob'], error: 'E:one\ntwo, "three":--' },
    ]);
  });

  it('of rows as they were sent has no error, and no line break at its end', async () => {
    expect((await read('Email,LastName\na@x,Ann\n,Bob', 'unprocessedrecords')).rows).toEqual([
      { columns: [0, 1], cells: ['a@x', 'Ann'], error: '' },
      { columns: [1], cells: ['Bob'], error: '' },
    ]);
  });

  it('may end its header as the sender ends lines, and its rows in another way', async () => {
    const body = 'sf__Id,sf__Error,A\r\n,E,1\n,F,2\r\n';
    expect((await read(body)).rows.map(({ cells, error }) => [...cells, error])).toEqual([
      ['1', 'E'],
      ['2', 'F'],
    ]);
  });

  it('may have a row that is short, and one that is long', async () => {
    expect((await read('sf__Id,sf__Error,A,B\n,E,1\n,F,1,2,3\n')).rows).toEqual([
      { columns: [0], cells: ['1'], error: 'E' },
      { columns: [0, 1], cells: ['1', '2'], error: 'F' },
    ]);
  });

  it('may have no rows', async () => {
    expect((await read('"sf__Id","sf__Error",LastName\n')).rows).toEqual([]);
  });

  it('may be nothing where no row is expected', async () => {
    expect(await read('')).toEqual({ header: [], rows: [] });
  });

  it('is the same whatever the pieces that it arrives in', async () => {
    const body = '"sf__Id","sf__Error",Näme\r\n"","E:ö","Änn ""€"""\n';
    const whole = await read(body, 'failedResults', 1, 1_000);
    expect(whole.rows).toEqual([{ columns: [0], cells: ['Änn "€"'], error: 'E:ö' }]);
    for (let pieceBytes = 1; pieceBytes < 12; pieceBytes++) {
      expect(await read(body, 'failedResults', 1, pieceBytes)).toEqual(whole);
    }
  });
});

describe('no result file', () => {
  it.each<readonly [string, string, ResultKind, number]>([
    ['nothing where there must be a row', '', 'unprocessedrecords', 1],
    ['half a cell', '"sf__Id","sf__Er', 'failedResults', 0],
    ['fewer rows than there must be', failed, 'failedResults', 2],
    ['a page of HTML', '<html><p>Sorry, maintenance</p></html>', 'failedResults', 0],
    ['a page of HTML for the written rows', '<html>\n<p>Sorry</p>', 'successfulResults', 0],
    ['an error in JSON', '[{"errorCode":"X","message":"y"}]', 'successfulResults', 0],
    ['failed rows for the written ones', failed, 'successfulResults', 0],
  ])('is %s', async (_name, body, kind, least) => {
    await expect(read(body, kind, least)).rejects.toThrow(/answered 200/);
  });

  it('is reported without its content', async () => {
    const error = await read('sf__Error\n"secret" secret', 'failedResults').catch((e: Error) => e);
    expect(error).toMatchObject({ name: 'AttemptFailed', failure: { cause: undefined } });
    expect(inspect(error, { depth: 9 })).not.toContain('secret');
  });

  it('is one that is cut off on its way', async () => {
    const lost = new NoReply('ECONNRESET', { mayHaveArrived: true, cause: undefined });
    const body = (async function* () {
      yield Buffer.from(failed);
      throw lost;
    })();
    const reply = { status: 200, headers: {}, body };
    await expect(readResultFile(reply, { kind: 'failedResults', least: 0 })).rejects.toBe(lost);
  });
});
