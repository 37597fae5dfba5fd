import { expect, it, onTestFinished } from 'vitest';
import { type RecordedFrame, recordedFrames, recordedReplies } from './recorded.ts';
import { startReplyServer } from './reply-server.ts';

type Part = 'key' | 'value';

const uuidOf = (bytes: Buffer) =>
  bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

const headerOf = ({ headers }: RecordedFrame, name: string) =>
  headers.find(([one]) => one === name)?.[1];

/** The request for the schema of a key or value, by the layouts that the README describes. */
const requestOf = {
  confluent(record: RecordedFrame, part: Part): string {
    const header = headerOf(record, `__${part}_schema_id`);
    if (header === undefined) return `GET /schemas/ids/${record[part].readInt32BE(1)}`;
    return `GET /schemas/guids/${uuidOf(header.subarray(1, 17))}`;
  },
  apicurio(record: RecordedFrame, part: Part): string {
    const isGlobal = record.name.includes('globalId');
    const path = isGlobal ? 'globalIds' : 'contentIds';
    const header = headerOf(record, `apicurio.${part}.${isGlobal ? 'globalId' : 'contentId'}`);
    const bytes = record[part];
    const prefix = () => (record.name.includes('8 bytes') ? bytes.readBigInt64BE(1) : null);
    const id = header?.readBigInt64BE() ?? prefix() ?? bytes.readInt32BE(1);
    const query = isGlobal ? '?returnArtifactType=true' : '';
    return `GET /apis/registry/v3/ids/${path}/${id}${query}`;
  },
  glue: (record: RecordedFrame, part: Part): string => uuidOf(record[part].subarray(2, 18)),
};

it.each(['confluent', 'apicurio', 'glue'] as const)(
  'the registry has answered for every schema of the records of %s',
  (recorder) => {
    const replies = recordedReplies(recorder).filter(({ status }) => status === 200);
    const asked = replies.map(({ request, requestBody }) =>
      requestBody === undefined ? request : Object.values(Object(requestBody))[0],
    );
    for (const record of recordedFrames(recorder)) {
      expect(asked).toContain(requestOf[recorder](record, 'value'));
      expect(asked).toContain(requestOf[recorder](record, 'key'));
    }
  },
);

it('the records of a recorder have different names', () => {
  for (const recorder of ['confluent', 'apicurio', 'glue'] as const) {
    const names = recordedFrames(recorder).map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
  }
});

it('a reply server repeats what the registry answered, and 404 for all else', async () => {
  const server = await startReplyServer('apicurio');
  onTestFinished(() => server.close());
  const [reply] = recordedReplies('apicurio');
  const path = reply!.request.replace('GET ', '');

  const known = await fetch(`${server.url}${path}`);
  expect([known.status, await known.text()]).toEqual([reply!.status, reply!.body]);
  const unknown = await fetch(`${server.url}/schemas/ids/4712`);
  expect([unknown.status, await unknown.json()]).toMatchObject([404, { error_code: 40403 }]);
  expect(server.requests()).toEqual([`GET ${path}`, 'GET /schemas/ids/4712']);
});

it('a reply server knows an operation of Glue by its name and its input', async () => {
  const server = await startReplyServer('glue');
  onTestFinished(() => server.close());
  for (const { request, requestBody, status, body } of recordedReplies('glue')) {
    const response = await fetch(server.url, {
      method: 'POST',
      headers: { 'x-amz-target': request },
      body: JSON.stringify(requestBody),
    });
    expect([response.status, await response.text()]).toEqual([status, body]);
  }
});
