import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { offsetsInFile } from '../../../local/event-source/committed-offsets.ts';
import { memorySource } from '../../../local/event-source/memory-source.ts';
import { parseRecordLines, readRecordFile } from '../../../local/event-source/record-file.ts';
import type { SourceRecord } from '../../../local/event-source/source-record.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'records-'));
});
afterEach(() => rm(folder, { recursive: true }));

const signal = new AbortController().signal;

test('a line needs only a topic; offsets go on from the line before in the same partition', () => {
  const text = [
    '{"topic":"contacts","value":{"Name":"Contact 0001"}}',
    '{"topic":"contacts","partition":1,"offset":40,"value":"plain"}',
    '',
    '{"topic":"contacts","partition":1,"value":null,"key":"k"}',
    '{"topic":"contacts","valueBase64":"AAH/","keyBase64":"/w==","headers":[["h","é"]],"timestamp":5}',
  ].join('\n');

  expect(parseRecordLines(text, 'sample.jsonl')).toEqual([
    expect.objectContaining({
      partition: 0,
      offset: 0,
      timestamp: 0,
      timestampType: 'CREATE_TIME',
      key: null,
      value: Buffer.from('{"Name":"Contact 0001"}'),
      headers: [],
    }),
    expect.objectContaining({ partition: 1, offset: 40, value: Buffer.from('plain') }),
    expect.objectContaining({ partition: 1, offset: 41, value: null, key: Buffer.from('k') }),
    expect.objectContaining({
      partition: 0,
      offset: 1,
      timestamp: 5,
      key: Buffer.from([255]),
      value: Buffer.from([0, 1, 255]),
      headers: [['h', Buffer.from('é')]],
    }),
  ]);
});

test.each([
  ['{"topic":"a"', 'sample.jsonl, line 2: not JSON'],
  ['{"topic":"a","vaule":1}', 'sample.jsonl, line 2: ✖ Unrecognized key: "vaule"'],
  ['{"topic":"a","offset":0}', 'sample.jsonl, line 2: offset 0 does not follow the one before it'],
])('a line that is no record is refused by its number: %s', (line, message) => {
  expect(() => parseRecordLines(`{"topic":"a"}\n${line}`, 'sample.jsonl')).toThrow(message);
});

test('offsets kept in a file are found again by the next process', async () => {
  const path = join(folder, 'contacts.jsonl');
  const offsetsPath = join(folder, 'offsets.json');
  await writeFile(path, '{"topic":"contacts"}\n{"topic":"contacts"}\n');

  const first = memorySource(await readRecordFile(path), await offsetsInFile(offsetsPath));
  await first.commit(() => [{ topic: 'contacts', partition: 0, offset: 1 }], signal);
  const second = memorySource(await readRecordFile(path), await offsetsInFile(offsetsPath));

  const left: SourceRecord[] = [];
  const intake = {
    hasRoom: () => true,
    put: (record: SourceRecord) => void left.push(record),
    drop: () => undefined,
    changed: async () => undefined,
  };
  await second.read(intake, signal);
  expect(left).toMatchObject([{ offset: 1 }]);
  expect(JSON.parse(await readFile(offsetsPath, 'utf8'))).toEqual([
    { topic: 'contacts', partition: 0, offset: 1 },
  ]);
});

test('an offsets file that holds no list is refused by its name', async () => {
  const path = join(folder, 'offsets.json');
  await writeFile(path, '{}');

  await expect(offsetsInFile(path)).rejects.toThrow(`${path} holds no list of positions`);
});
