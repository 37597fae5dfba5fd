import { describe, expect, it } from 'vitest';
import { SinkError } from '../../../src/errors.ts';
import { keyText } from '../../../src/rows/key.ts';
import type { HttpReply } from '../../../src/runtime/http/send.ts';
import { findRows } from '../../../src/salesforce/lookup/find-rows.ts';
import type { ApiRequest } from '../../../src/salesforce/session/api-request.ts';
import type { Client } from '../../../src/salesforce/session/client.ts';

const lookup = {
  ...{ object: 'Contact', field: 'Ext__c', isNumber: false },
  keyText: keyText({ comparison: 'text', caseSensitive: false }),
};

const id = (n: number) => `003${String(n).padStart(12, '0')}`;

interface Page {
  readonly records: readonly (readonly [id: string, key: unknown])[];
  readonly next?: string;
}

const replyOf = ({ records, next }: Page): HttpReply => ({
  ...{ status: 200, headers: {} },
  body: JSON.stringify({
    ...{ totalSize: records.length, done: next === undefined },
    ...(next === undefined ? {} : { nextRecordsUrl: next }),
    records: records.map(([Id, key]) => ({ attributes: {}, Id, Ext__c: key })),
  }),
});

/** A client of an org that answers each query by its path. */
function clientOf(answer: (path: string) => Page | Error) {
  const paths: string[] = [];
  const call = async <T>({ path }: ApiRequest, read: (reply: HttpReply) => T) => {
    paths.push(decodeURIComponent(path));
    const page = answer(decodeURIComponent(path));
    if (page instanceof Error) throw page;
    return read(replyOf(page));
  };
  return { client: { call } as unknown as Client, paths };
}

const found = async (keys: readonly string[], answer: (path: string) => Page | Error) => {
  const { client, paths } = clientOf(answer);
  const rows = await findRows(keys, { client, apiVersion: 'v65.0' }, lookup);
  const ids = [...rows].map(([key, those]) => [key, those.map((row) => row.id)]);
  return { rows: Object.fromEntries(ids), paths };
};

describe('rows by their keys', () => {
  it('are found, not found, or several', async () => {
    const records = [
      [id(1), 'A'],
      [id(2), 'b'],
      [id(3), 'B'],
    ] as const;
    const { rows } = await found(['a', 'B', 'c'], () => ({ records }));
    expect(rows).toEqual({ a: [id(1)], B: [id(2), id(3)], c: [] });
  });

  it.each([414, 431])('are asked for in halves where a query is too long: %i', async (status) => {
    const tooLong = new SinkError('SALESFORCE_REFUSED', 'too long', { status });
    const { rows, paths } = await found(['a', 'b', 'c', 'd'], (path) =>
      path.split(',').length > 3 ? tooLong : { records: [] },
    );
    expect(rows).toEqual({ a: [], b: [], c: [], d: [] });
    expect(paths).toHaveLength(3);
  });

  it('are read from all pages', async () => {
    const next = '/services/data/v65.0/query/01gxx-2000';
    const { rows, paths } = await found(['a', 'b'], (path) =>
      path === next ? { records: [[id(2), 'b']] } : { records: [[id(1), 'a']], next },
    );
    expect(rows).toEqual({ a: [id(1)], b: [id(2)] });
    expect(paths[1]).toBe(next);
  });

  it('are asked for in halves when Salesforce takes two keys for equal that the function does not', async () => {
    const { rows, paths } = await found(['straße', 'b', 'c'], (path) => ({
      records: path.includes("'straße'") ? [[id(1), 'STRASSE']] : [],
    }));
    expect(rows).toEqual({ straße: [id(1)], b: [], c: [] });
    expect(paths).toHaveLength(5);
  });

  it('are not asked for when there are no keys', async () => {
    const { paths } = await found([], () => ({ records: [] }));
    expect(paths).toEqual([]);
  });
});

describe('a refused query', () => {
  const refused = (status: number, errorCode: string | null) =>
    new SinkError('SALESFORCE_REFUSED', `GET /query answered ${status}`, { status, errorCode });

  it('says which object and field, and what the user needs', async () => {
    const asked = found(['a'], () => refused(400, 'INVALID_FIELD'));
    await expect(asked).rejects.toThrow(
      /^OBJECT_INVALID: Rows of Contact to delete could not be looked up by Ext__c: Salesforce refused the query \(400 INVALID_FIELD\)\. The run-as user needs read access/,
    );
  });

  it('keeps its error when it is not about the query', async () => {
    const asked = found(['a'], () => refused(410, 'GONE'));
    await expect(asked).rejects.toThrow('SALESFORCE_REFUSED');
  });
});

it.each([
  ['is not JSON', '<html>'],
  ['has no records', '{"done":true}'],
  ['has a row without an id', '{"done":true,"records":[{"Ext__c":"a"}]}'],
  ['is not done and names no next page', '{"done":false,"records":[]}'],
  ['names a next page elsewhere', '{"done":false,"records":[],"nextRecordsUrl":"//example.com/"}'],
])('a result that %s is invalid', async (_what, body) => {
  const call = async <T>(_request: ApiRequest, read: (reply: HttpReply) => T) =>
    read({ status: 200, headers: {}, body });
  const parts = { client: { call } as unknown as Client, apiVersion: 'v65.0' };
  await expect(findRows(['a'], parts, lookup)).rejects.toThrow('the result of a query in JSON');
});
